import { readFile } from 'node:fs/promises';
import { type Command, domainOption, flag, text } from '../command.js';
import { attachConsole } from '../console/attach.js';
import { done, nothing, type Output, plain } from '../output.js';
import { CommandError } from '../usage-error.js';

const group = 'Domain Management';

/** Runs; a failure is said as virsh says it, with the reason below. */
async function attempt<T>(failure: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new CommandError(failure, { cause });
  }
}

const readDocument = (file: string): Promise<string> =>
  attempt(`Failed to open file '${file}'`, () => readFile(file === '-' ? '/dev/stdin' : file, 'utf8'));

const onDomain = (
  verb: string,
  summary: string,
  failure: string,
  success: string,
  method: 'suspend' | 'resume' | 'shutdown',
): Command => ({
  name: verb,
  group,
  summary,
  options: [domainOption],
  run: async (context, values): Promise<Output> => {
    const domain = await context.domain(values.text('domain'));
    await attempt(`Failed to ${failure} domain '${domain.name}'`, () => domain[method]());
    return done(`Domain '${domain.name}' ${success}`);
  },
});

export const domainLifecycle: readonly Command[] = [
  {
    name: 'define',
    group,
    summary: "define (but don't start) a domain from an XML file",
    options: [
      text('file', 'file containing an XML domain description', { required: true, completes: 'file' }),
      flag('validate', 'validate the XML against the schema'),
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
      flag('console', 'attach to console after creation'),
      flag('paused', 'leave the guest paused after creation'),
      flag('autodestroy', 'destroy the guest when virtkit disconnects'),
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const xml = await readDocument(file);
      const { domains } = await context.connection();
      const domain = await attempt(`Failed to create domain from ${file}`, () =>
        domains.create(xml, { paused: values.flag('paused'), autodestroy: values.flag('autodestroy') }),
      );
      if (values.flag('console')) await attachConsole(await domain.console(), domain.name);
      return done(`Domain '${domain.name}' created from ${file}`, {
        name: domain.name,
        uuid: domain.uuid,
        id: domain.id,
      });
    },
  },
  {
    name: 'start',
    group,
    summary: 'start a (previously defined) inactive domain',
    options: [
      domainOption,
      flag('console', 'attach to console after creation'),
      flag('paused', 'leave the guest paused after creation'),
      flag('autodestroy', 'destroy the guest when virtkit disconnects'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      if (domain.id !== undefined) throw new CommandError('Domain is already active');
      const started = await attempt(`Failed to start domain '${domain.name}'`, () =>
        domain.start({ paused: values.flag('paused'), autodestroy: values.flag('autodestroy') }),
      );
      if (values.flag('console')) await attachConsole(await started.console(), domain.name);
      return done(`Domain '${domain.name}' started`, { name: domain.name, uuid: domain.uuid, id: started.id });
    },
  },
  {
    name: 'destroy',
    group,
    summary: 'destroy (stop) a domain',
    options: [domainOption, flag('graceful', 'terminate gracefully')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      await attempt(`Failed to destroy domain '${domain.name}'`, () =>
        domain.destroy({ graceful: values.flag('graceful') }),
      );
      return done(`Domain '${domain.name}' destroyed`);
    },
  },
  {
    name: 'undefine',
    group,
    summary: 'undefine a domain',
    options: [domainOption],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      await attempt(`Failed to undefine domain '${domain.name}'`, () => domain.undefine());
      return done(`Domain '${domain.name}' has been undefined`);
    },
  },
  onDomain('suspend', 'suspend a domain', 'suspend', 'suspended', 'suspend'),
  onDomain('resume', 'resume a domain', 'resume', 'resumed', 'resume'),
  onDomain('shutdown', 'gracefully shutdown a domain', 'shutdown', 'is being shutdown', 'shutdown'),
  {
    name: 'dumpxml',
    group,
    summary: 'domain information in XML',
    options: [
      domainOption,
      flag('inactive', 'show inactive defined XML'),
      flag('security-info', 'include security sensitive information in XML dump'),
      flag('migratable', 'provide XML suitable for migrations'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      return plain(
        await domain.xml({
          inactive: values.flag('inactive'),
          secure: values.flag('security-info'),
          migratable: values.flag('migratable'),
        }),
      );
    },
  },
  {
    name: 'console',
    group,
    summary: 'connect to the guest console',
    options: [
      domainOption,
      text('devname', 'character device name'),
      flag('force', 'force console connection'),
      flag('resume', 'resume the guest once the console is open'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const stream = await attempt(`Failed to open console of '${domain.name}'`, () =>
        domain.console(values.optional('devname'), { force: values.flag('force') }),
      );
      if (values.flag('resume')) await domain.resume();
      await attachConsole(stream, domain.name);
      return nothing;
    },
  },
];
