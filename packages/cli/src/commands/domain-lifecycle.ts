import { attempt, readDocument } from '../attempt.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import { attachConsole } from '../console/attach.js';
import { done, type Output } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';
const validate = flag('validate', 'validate the XML against the schema');
const startOptions: readonly OptionRow[] = [
  flag('console', 'attach to console after creation'),
  flag('paused', 'leave the guest paused after creation'),
  flag('autodestroy', 'destroy the guest when virtkit disconnects'),
];
const start = { paused: 1, autodestroy: 2, bypassCache: 4, forceBoot: 8, validate: 16, resetNvram: 32 } as const;
const startFlags = (values: Values): number =>
  (values.flag('paused') ? start.paused : 0) |
  (values.flag('autodestroy') ? start.autodestroy : 0) |
  (values.flag('bypass-cache') ? start.bypassCache : 0) |
  (values.flag('force-boot') ? start.forceBoot : 0) |
  (values.flag('validate') ? start.validate : 0) |
  (values.flag('reset-nvram') ? start.resetNvram : 0);

const modes: Readonly<Record<string, number>> = { acpi: 1, agent: 2, initctl: 4, signal: 8, paravirt: 16 };

function modeFlags(values: Values): number {
  const words = values.optional('mode')?.split(',') ?? [];
  return words.reduce((flags, word) => {
    const bit = modes[word];
    if (bit === undefined)
      throw new UsageError(`Unknown mode ${word} value, expecting 'acpi', 'agent', 'initctl', 'signal', or 'paravirt'`);
    return flags | bit;
  }, 0);
}
const modeOption = text('mode', 'shutdown mode: acpi|agent|initctl|signal|paravirt');

/** A command on one domain that says one sentence. */
const simple = (
  name: string,
  summary: string,
  failure: string,
  success: string,
  run: (call: {
    readonly context: Parameters<Command['run']>[0];
    readonly values: Values;
    readonly dom: Awaited<ReturnType<Parameters<Command['run']>[0]['domain']>>['handle'];
  }) => Promise<unknown>,
  options: readonly OptionRow[] = [],
): Command => ({
  name,
  group,
  summary,
  options: [domainOption, ...options],
  run: async (context, values): Promise<Output> => {
    const domain = await context.domain(values.text('domain'));
    await attempt(`Failed to ${failure} domain '${domain.name}'`, () => run({ context, values, dom: domain.handle }));
    return done(`Domain '${domain.name}' ${success}`);
  },
});

const undefineOptions: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['managed-save', 1, 'remove domain managed state file'],
  ['snapshots-metadata', 2, 'remove all domain snapshot metadata (vm must be inactive)'],
  ['nvram', 4, 'remove nvram file'],
  ['keep-nvram', 8, 'keep nvram file'],
  ['checkpoints-metadata', 16, 'remove all domain checkpoint metadata (vm must be inactive)'],
  ['tpm', 32, 'remove TPM state'],
  ['keep-tpm', 64, 'keep TPM state'],
];

export const domainLifecycle: readonly Command[] = [
  {
    name: 'define',
    group,
    summary: "define (but don't start) a domain from an XML file",
    options: [
      text('file', 'file containing an XML domain description', { required: true, completes: 'file' }),
      validate,
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const xml = await readDocument(file);
      const { domains } = await context.connection();
      const domain = await attempt(`Failed to define domain from ${file}`, () =>
        domains.define(xml, { validate: values.flag('validate') }),
      );
      return done(`Domain '${domain.name}' defined from ${file}`, { name: domain.name, uuid: domain.uuid });
    },
  },
  {
    name: 'create',
    group,
    summary: 'create a domain from an XML file',
    options: [
      text('file', 'file containing an XML domain description', { required: true, completes: 'file' }),
      ...startOptions,
      validate,
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const xmlDesc = await readDocument(file);
      const { remote, domains } = await context.connection();
      const { dom } = await attempt(`Failed to create domain from ${file}`, () =>
        remote.domainCreateXML({ xmlDesc, flags: startFlags(values) }),
      );
      if (values.flag('console')) await attachConsole(await (await domains.lookupByUuid(dom.uuid)).console(), dom.name);
      return done(`Domain '${dom.name}' created from ${file}`, dom);
    },
  },
  {
    name: 'start',
    group,
    summary: 'start a (previously defined) inactive domain',
    options: [
      domainOption,
      ...startOptions,
      flag('bypass-cache', 'avoid file system cache when loading'),
      flag('force-boot', 'force fresh boot by discarding any managed save'),
      flag('reset-nvram', 're-initialize NVRAM from its pristine template'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      if (domain.id !== undefined) throw new CommandError('Domain is already active');
      const { remote, domains } = await context.connection();
      const { dom } = await attempt(`Failed to start domain '${domain.name}'`, () =>
        remote.domainCreateWithFlags({ dom: domain.handle, flags: startFlags(values) }),
      );
      if (values.flag('console')) await attachConsole(await (await domains.lookupByUuid(dom.uuid)).console(), dom.name);
      return done(`Domain '${domain.name}' started`, dom);
    },
  },
  simple(
    'destroy',
    'destroy (stop) a domain',
    'destroy',
    'destroyed',
    async ({ context, values, dom }) =>
      (await context.connection()).remote.domainDestroyFlags({
        dom,
        flags: (values.flag('graceful') ? 1 : 0) | (values.flag('remove-logs') ? 2 : 0),
      }),
    [flag('graceful', 'terminate gracefully'), flag('remove-logs', 'remove domain logs')],
  ),
  simple(
    'undefine',
    'undefine a domain',
    'undefine',
    'has been undefined',
    async ({ context, values, dom }) =>
      (await context.connection()).remote.domainUndefineFlags({
        dom,
        flags: undefineOptions.reduce((flags, [name, bit]) => flags | (values.flag(name) ? bit : 0), 0),
      }),
    undefineOptions.map(([name, , summary]) => flag(name, summary)),
  ),
  simple('suspend', 'suspend a domain', 'suspend', 'suspended', async ({ context, dom }) =>
    (await context.connection()).remote.domainSuspend({ dom }),
  ),
  simple('resume', 'resume a domain', 'resume', 'resumed', async ({ context, dom }) =>
    (await context.connection()).remote.domainResume({ dom }),
  ),
  simple(
    'shutdown',
    'gracefully shutdown a domain',
    'shutdown',
    'is being shutdown',
    async ({ context, values, dom }) =>
      (await context.connection()).remote.domainShutdownFlags({ dom, flags: modeFlags(values) }),
    [modeOption],
  ),
  simple(
    'reboot',
    'reboot a domain',
    'reboot',
    'is being rebooted',
    async ({ context, values, dom }) =>
      (await context.connection()).remote.domainReboot({ dom, flags: modeFlags(values) }),
    [modeOption],
  ),
  simple('reset', 'reset a domain', 'reset', 'was reset', async ({ context, dom }) =>
    (await context.connection()).remote.domainReset({ dom, flags: 0 }),
  ),
  {
    name: 'autostart',
    group,
    summary: 'autostart a domain',
    options: [domainOption, flag('disable', 'disable autostarting')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const off = values.flag('disable');
      await attempt(`Failed to ${off ? 'unmark' : 'mark'} domain '${domain.name}' as autostarted`, () =>
        remote.domainSetAutostart({ dom: domain.handle, autostart: off ? 0 : 1 }),
      );
      return done(`Domain '${domain.name}' ${off ? 'unmarked' : 'marked'} as autostarted`);
    },
  },
  {
    name: 'domrename',
    group,
    summary: 'rename a domain',
    options: [domainOption, text('new-name', 'new domain name', { required: true })],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      await remote.domainRename({ dom: domain.handle, newName: values.text('new-name'), flags: 0 });
      return done('Domain successfully renamed');
    },
  },
];
