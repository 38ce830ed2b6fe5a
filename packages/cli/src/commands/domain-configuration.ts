import { type Connection, errorCode, hasCode } from '@virtkit/client';
import { memoryFlags, metadataTypes, vcpuFlags } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type Command, domainOption, flag, number, type OptionRow, text, type Values } from '../command.js';
import { editText } from '../editing/editor.js';
import { exclusive, needs } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { done, nothing, type Output, plain } from '../output.js';
import { bytesOf } from '../scaled.js';
import { targetFlags, targetOptions } from '../target.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';

const kibOf = (option: string, words: string): bigint => (bytesOf(option, words, 1024n) + 1023n) / 1024n;

const vcpuRows = [
  ['maximum', 'config', vcpuFlags.maximum | vcpuFlags.config],
  ['maximum', 'live', vcpuFlags.maximum | vcpuFlags.live],
  ['current', 'config', vcpuFlags.config],
  ['current', 'live', vcpuFlags.live],
] as const;

const counting = flagSet(vcpuFlags, [
  ['maximum', 'maximum', 'get maximum count of vcpus'],
  ['live', 'live', 'get value from running domain'],
  ['config', 'config', 'get value to be used on next boot'],
  ['guest', 'guest', 'retrieve vcpu count from the guest instead of the hypervisor'],
]);
const changing = flagSet(vcpuFlags, [
  ['maximum', 'maximum', 'set maximum limit on next boot'],
  ['guest', 'guest', 'modify cpu state in the guest'],
  ['hotpluggable', 'hotpluggable', 'make added vcpus hot(un)pluggable'],
]);

/** The number of vcpus of one kind; undefined where the domain has none such (not running, transient). */
async function vcpus(
  call: (flags: number) => Promise<{ readonly num: number }>,
  flags: number,
): Promise<number | undefined> {
  return call(flags).then(
    ({ num }) => num,
    (cause: unknown) => {
      if (hasCode(cause, errorCode.operationInvalid) || hasCode(cause, errorCode.invalidArgument)) return undefined;
      throw cause;
    },
  );
}

/** One number instead of the table; what is current and what is active need no flag. */
function oneVcpuFlags(values: Values): number | undefined {
  exclusive(values, 'active', 'maximum');
  exclusive(values, 'live', 'config');
  exclusive(values, 'guest', 'config');
  const asked = [...counting.options, ...counted].some(({ name }) => values.flag(name));
  return asked ? counting.bits(values) : undefined;
}
const counted: readonly OptionRow[] = [
  flag('active', 'get number of currently active vcpus'),
  flag('current', 'get value according to current domain state'),
];

const descriptionWords = (values: Values): string | undefined => {
  const words = values.list('new-desc');
  return words.length === 0 ? undefined : words.join(' ');
};

type Remote = Connection['remote'];

/** Undefined where the domain has none. */
async function metadataOf(
  remote: Remote,
  place: Parameters<Remote['domainGetMetadata']>[0],
): Promise<string | undefined> {
  try {
    return (await remote.domainGetMetadata(place)).metadata;
  } catch (cause) {
    if (hasCode(cause, errorCode.noDomainMetadata)) return undefined;
    throw cause;
  }
}

export const domainConfiguration: readonly Command[] = [
  {
    name: 'setmem',
    group,
    summary: 'change memory allocation',
    options: [
      domainOption,
      text('size', 'new memory size, as scaled integer (default KiB)', { required: true }),
      ...targetOptions,
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      await remote.domainSetMemoryFlags({
        dom: domain.handle,
        memory: kibOf('size', values.text('size')),
        flags: targetFlags(values),
      });
      return nothing;
    },
  },
  {
    name: 'setmaxmem',
    group,
    summary: 'change maximum memory limit',
    options: [
      domainOption,
      text('size', 'new maximum memory size, as scaled integer (default KiB)', { required: true }),
      ...targetOptions,
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const memory = kibOf('size', values.text('size'));
      await attempt('Unable to change MaxMemorySize', () =>
        remote.domainSetMemoryFlags({ dom: domain.handle, memory, flags: targetFlags(values) | memoryFlags.maximum }),
      );
      return nothing;
    },
  },
  {
    name: 'setvcpus',
    group,
    summary: 'change number of virtual CPUs',
    options: [
      domainOption,
      number('count', 'number of virtual CPUs', { required: true }),
      ...changing.options,
      ...targetOptions,
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const nvcpus = values.number('count') ?? 0;
      if (nvcpus <= 0) throw new UsageError(`Invalid value '${nvcpus}' for number of virtual CPUs`);
      exclusive(values, 'guest', 'config');
      needs(values, 'maximum', 'config');
      const flags = targetFlags(values) | changing.bits(values);
      await remote.domainSetVcpusFlags({ dom: domain.handle, nvcpus, flags });
      return nothing;
    },
  },
  {
    name: 'vcpucount',
    group,
    summary: 'domain vcpu counts',
    options: [domainOption, ...counting.options, ...counted],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const call = (flags: number): Promise<{ readonly num: number }> =>
        remote.domainGetVcpusFlags({ dom: domain.handle, flags });
      const one = oneVcpuFlags(values);
      if (one !== undefined) {
        const { num } = await attempt(
          values.flag('guest') ? 'Failed to retrieve vCPU count from the guest' : 'Failed to retrieve vCPU count',
          () => call(one),
        );
        return plain(`${num}\n`, num);
      }
      const counts = await Promise.all(
        vcpuRows.map(async ([kind, where, flags]) => [kind, where, await vcpus(call, flags)] as const),
      );
      const present = counts.filter(([, , count]) => count !== undefined);
      const lines = present.map(
        ([kind, where, count]) => `${kind.padEnd(12)} ${where.padEnd(12)} ${String(count).padStart(3)}\n`,
      );
      return plain(
        lines.join(''),
        present.map(([kind, where, count]) => ({ kind, where, count })),
      );
    },
  },
  {
    name: 'desc',
    group: 'Domain Monitoring',
    summary: "show or set domain's description or title",
    options: [
      domainOption,
      ...targetOptions,
      flag('title', 'modify/get the title instead of description'),
      flag('edit', 'open an editor to modify the description'),
      text('new-desc', 'message', { rest: true }),
    ],
    run: async (context, values): Promise<Output> => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const kind = values.flag('title') ? 'title' : 'description';
      const type = metadataTypes.words.indexOf(kind);
      const words = descriptionWords(values);
      if (words !== undefined) {
        await attempt(`Failed to set new domain ${kind}`, () =>
          remote.domainSetMetadata({ dom: domain.handle, type, metadata: words, flags: targetFlags(values) }),
        );
        return { text: `Domain ${kind} updated successfully`, data: { [kind]: words } };
      }
      const place = { dom: domain.handle, type, flags: targetFlags(values) };
      const present = await metadataOf(remote, place);
      if (values.flag('edit')) {
        const edited = (await editText(present ?? '')).replace(/\n$/, '');
        if (edited === (present ?? '')) return { text: `Domain ${kind} not changed`, data: { edited: false } };
        await attempt(`Failed to set new domain ${kind}`, () =>
          remote.domainSetMetadata({ ...place, metadata: edited }),
        );
        return { text: `Domain ${kind} updated successfully`, data: { [kind]: edited } };
      }
      return { text: present ?? `No ${kind} for domain: ${domain.name}`, data: { [kind]: present ?? null } };
    },
  },
  {
    name: 'metadata',
    group,
    summary: "show or set domain's custom XML metadata",
    options: [
      domainOption,
      text('uri', 'URI of the namespace', { required: true }),
      ...targetOptions,
      text('key', 'key to be used as a namespace identifier'),
      text('set', 'new metadata to set'),
      flag('edit', 'use an editor to change the metadata'),
      flag('remove', 'remove the metadata corresponding to an uri'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const place = {
        dom: domain.handle,
        type: metadataTypes.words.indexOf('element'),
        uri: values.text('uri'),
        flags: targetFlags(values),
      };
      const set = values.optional('set');
      if (set !== undefined && !values.has('key'))
        throw new UsageError('namespace key is required when modifying metadata');
      exclusive(values, 'set', 'remove');
      exclusive(values, 'edit', 'set');
      exclusive(values, 'edit', 'remove');
      if (values.flag('remove')) {
        await remote.domainSetMetadata(place);
        return done('Metadata removed');
      }
      if (set !== undefined) {
        await remote.domainSetMetadata({ ...place, metadata: set, key: values.text('key') });
        return done('Metadata modified');
      }
      if (values.flag('edit')) {
        if (!values.has('key')) throw new UsageError('namespace key is required when modifying metadata');
        const present = (await metadataOf(remote, place)) ?? '\n';
        const edited = await editText(present, '.xml');
        if (edited === present) return done('Metadata not changed', { edited: false });
        await remote.domainSetMetadata({ ...place, metadata: edited, key: values.text('key') });
        return done('Metadata modified');
      }
      return plain(`${(await remote.domainGetMetadata(place)).metadata}\n`);
    },
  },
  {
    name: 'managedsave-remove',
    group,
    summary: 'Remove managed save of a domain',
    options: [domainOption],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { result } = await remote.domainHasManagedSaveImage({ dom: domain.handle, flags: 0 });
      if (result < 0) throw new CommandError('Failed to check for domain managed save image');
      if (result === 0)
        return { text: `Domain '${domain.name}' has no manage save image; removal skipped`, data: { removed: false } };
      await attempt(`Failed to remove managed save image for domain '${domain.name}'`, () =>
        remote.domainManagedSaveRemove({ dom: domain.handle, flags: 0 }),
      );
      return { text: `Removed managedsave image for domain '${domain.name}'`, data: { removed: true } };
    },
  },
];
