import { blockResizeFlags, lifecycleActions, lifecycleEvents, type WordTable } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, text } from '../command.js';
import { flagSet } from '../flag-set.js';
import { bare, done, nothing, plain } from '../output.js';
import { bytesOf } from '../scaled.js';
import { targetFlags, targetOptions } from '../target.js';
import { CommandError } from '../usage-error.js';

const group = 'Domain Management';

/** @libvirt virDomainDiskErrorCode */
const diskErrors = ['no error', 'unspecified error', 'no space'];
const sizing = flagSet(blockResizeFlags, [['capacity', 'capacity', 'resize to capacity of source (block device)']]);

function numberOf(kind: 'type' | 'action', table: WordTable, words: string): number {
  const found = table.words.indexOf(words);
  if (found < 0) throw new CommandError(`Invalid lifecycle ${kind} '${words}'.`);
  return found;
}

/** Changes of a guest's hardware that need no document. */
export const domainHardware: readonly Command[] = [
  {
    name: 'blockresize',
    group,
    summary: 'Resize block device of domain.',
    options: [
      domainOption,
      text('path', 'Fully-qualified path of block device', { required: true }),
      text('size', 'New size of the block device, as scaled integer (default KiB)'),
      ...sizing.options,
    ],
    run: async (context, values) => {
      const words = values.optional('size');
      const flags = sizing.bits(values);
      if (words === undefined && flags === 0) throw new CommandError('either --size or --capacity must be given');
      const size = words === undefined ? 0n : bytesOf('size', words, 1024n);
      const { dom, remote } = await chosenDomain(context, values);
      const disk = values.text('path');
      await attempt(`Failed to resize block device '${disk}'`, () =>
        remote.domainBlockResize({ dom, disk, size, flags: flags | blockResizeFlags.bytes }),
      );
      return bare(`Block device '${disk}' is resized`, { done: true });
    },
  },
  {
    name: 'domblkerror',
    group: 'Domain Monitoring',
    summary: 'Show errors on block devices',
    options: [domainOption],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      const { nerrors } = await remote.domainGetDiskErrors({ dom, maxerrors: 0, flags: 0 });
      const { errors } =
        nerrors > 0 ? await remote.domainGetDiskErrors({ dom, maxerrors: nerrors, flags: 0 }) : { errors: [] };
      if (errors.length === 0) return plain('No errors found\n', []);
      const rows = errors.map(({ disk, error }) => ({ disk, error: diskErrors[error] ?? String(error) }));
      return plain(rows.map(({ disk, error }) => `${disk}: ${error}\n`).join(''), rows);
    },
  },
  {
    name: 'inject-nmi',
    group,
    summary: 'Inject NMI to the guest',
    options: [domainOption],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      await remote.domainInjectNMI({ dom, flags: 0 });
      return nothing;
    },
  },
  {
    name: 'detach-device-alias',
    group,
    summary: 'detach device from an alias',
    options: [domainOption, text('alias', 'device alias', { required: true }), ...targetOptions],
    run: async (context, values) => {
      const flags = targetFlags(values);
      const { dom, remote } = await chosenDomain(context, values);
      const alias = values.text('alias');
      await attempt(`Failed to detach device with alias ${alias}`, () =>
        remote.domainDetachDeviceAlias({ dom, alias, flags }),
      );
      return done('Device detach request sent successfully');
    },
  },
  {
    name: 'set-lifecycle-action',
    group,
    summary: 'change lifecycle actions',
    options: [
      domainOption,
      text('type', 'lifecycle type to modify', { required: true, words: lifecycleEvents.words }),
      text('action', 'lifecycle action to set', { required: true, words: lifecycleActions.words }),
      ...targetOptions,
    ],
    run: async (context, values) => {
      const flags = targetFlags(values);
      const type = numberOf('type', lifecycleEvents, values.text('type'));
      const action = numberOf('action', lifecycleActions, values.text('action'));
      const { dom, remote } = await chosenDomain(context, values);
      await attempt('Unable to change lifecycle action.', () =>
        remote.domainSetLifecycleAction({ dom, type, action, flags }),
      );
      return nothing;
    },
  },
];
