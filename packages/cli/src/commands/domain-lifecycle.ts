import { destroyFlags, startFlags, stopMethods } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import { attachConsole } from '../console/attach.js';
import { type FlagRow, flagSet, joined } from '../flag-set.js';
import { done, type Output } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';
import { undefineCommand } from './undefine.js';

const group = 'Domain Management';
const validate = flag('validate', 'validate the XML against the schema');
const console = flag('console', 'attach to console after creation');
const running = flagSet(startFlags, [
  ['paused', 'paused', 'leave the guest paused after creation'],
  ['autodestroy', 'autodestroy', 'destroy the guest when virtkit disconnects'],
]);
const resetNvram: FlagRow<typeof startFlags> = [
  'reset-nvram',
  'resetNvram',
  're-initialize NVRAM from its pristine template',
];
const creating = flagSet(startFlags, [['validate', 'validate', 'validate the XML against the schema'], resetNvram]);
const starting = flagSet(startFlags, [
  ['bypass-cache', 'bypassCache', 'avoid file system cache when loading'],
  ['force-boot', 'forceBoot', 'force fresh boot by discarding any managed save'],
  resetNvram,
]);

const modes: Readonly<Record<string, number>> = stopMethods;

function modeFlags(values: Values): number {
  const words = values.optional('mode')?.split(',') ?? [];
  return words.reduce((flags, word) => {
    const bit = modes[word];
    if (bit === undefined)
      throw new UsageError(`Unknown mode ${word} value, expecting 'acpi', 'agent', 'initctl', 'signal', or 'paravirt'`);
    return flags | bit;
  }, 0);
}
const modeOption = text('mode', 'shutdown mode: acpi|agent|initctl|signal|paravirt', { words: Object.keys(modes) });

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

const destroying = flagSet(destroyFlags, [
  ['graceful', 'graceful', 'terminate gracefully'],
  ['remove-logs', 'removeLogs', 'remove domain logs'],
]);

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
      console,
      ...running.options,
      ...creating.options,
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const xmlDesc = await readDocument(file);
      const { remote, domains } = await context.connection();
      const { dom } = await attempt(`Failed to create domain from ${file}`, () =>
        remote.domainCreateXML({ xmlDesc, flags: joined(running.bits(values), creating.bits(values)) }),
      );
      if (values.flag('console')) await attachConsole(await (await domains.lookupByUuid(dom.uuid)).console(), dom.name);
      return done(`Domain '${dom.name}' created from ${file}`, dom);
    },
  },
  {
    name: 'start',
    group,
    summary: 'start a (previously defined) inactive domain',
    options: [domainOption, console, ...running.options, ...starting.options],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      if (domain.id !== undefined) throw new CommandError('Domain is already active');
      const { remote, domains } = await context.connection();
      const { dom } = await attempt(`Failed to start domain '${domain.name}'`, () =>
        remote.domainCreateWithFlags({
          dom: domain.handle,
          flags: joined(running.bits(values), starting.bits(values)),
        }),
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
      (await context.connection()).remote.domainDestroyFlags({ dom, flags: destroying.bits(values) }),
    destroying.options,
  ),
  undefineCommand,
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
    options: [domainOption, flag('disable', 'disable autostarting'), flag('once', 'control next boot state')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const off = values.flag('disable');
      const once = values.flag('once');
      const mark = { dom: domain.handle, autostart: off ? 0 : 1 };
      const when = once ? ' on next boot' : '';
      await attempt(`Failed to ${off ? 'unmark' : 'mark'} domain '${domain.name}' as autostarted${when}`, () =>
        once ? remote.domainSetAutostartOnce(mark) : remote.domainSetAutostart(mark),
      );
      return done(`Domain '${domain.name}' ${off ? 'unmarked' : 'marked'} as autostarted${when}`);
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
