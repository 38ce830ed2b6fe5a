import { errorCode, hasCode, type VolumeHandle } from '@virtkit/client';
import { undefineFlags, volumeDeleteFlags } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { attribute, childOf, devices, type XmlNode } from '../document.js';
import { exclusive, needs } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import type { Output } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const remains = flagSet(undefineFlags, [
  ['managed-save', 'managedSave', 'remove domain managed state file'],
  ['snapshots-metadata', 'snapshotsMetadata', 'remove all domain snapshot metadata (vm must be inactive)'],
  ['checkpoints-metadata', 'checkpointsMetadata', 'remove all domain checkpoint metadata (vm must be inactive)'],
  ['nvram', 'nvram', 'remove nvram file'],
  ['keep-nvram', 'keepNvram', 'keep nvram file'],
  ['tpm', 'tpm', 'remove TPM state'],
  ['keep-tpm', 'keepTpm', 'keep TPM state'],
]);
const storageOptions: readonly OptionRow[] = [
  text('storage', 'remove associated storage volumes (comma separated list of targets or source paths)', {
    named: true,
  }),
  flag('remove-all-storage', 'remove all associated storage volumes'),
  flag('delete-storage-volume-snapshots', 'delete snapshots associated with volumes, with --remove-all-storage'),
  flag('wipe-storage', 'wipe data on the removed volumes'),
];

type Remote = Awaited<ReturnType<Context['connection']>>['remote'];

/** One disk of the domain whose volume is to go. */
interface Doomed {
  readonly target: string;
  readonly source: string;
  /** Undefined where no pool has it. */
  readonly volume: VolumeHandle | undefined;
}

const sourceOf = (disk: XmlNode): string | undefined =>
  attribute(disk, 'source', 'file') ?? attribute(disk, 'source', 'dev') ?? attribute(disk, 'source', 'volume');

async function volumeOf(remote: Remote, disk: XmlNode, source: string): Promise<VolumeHandle | undefined> {
  const pool = attribute(disk, 'source', 'pool');
  const found = async (): Promise<VolumeHandle> => {
    if (pool === undefined) return (await remote.storageVolLookupByPath({ path: source })).vol;
    const within = (await remote.storagePoolLookupByName({ name: pool })).pool;
    return (await remote.storageVolLookupByName({ pool: within, name: source })).vol;
  };
  return found().catch((cause: unknown) => {
    if (hasCode(cause, errorCode.noStorageVolume) || hasCode(cause, errorCode.noStoragePool)) return undefined;
    throw cause;
  });
}

/** Disks that the options name. @throws CommandError for one that the domain does not have */
async function doomed(remote: Remote, xml: string, values: Values): Promise<readonly Doomed[]> {
  const names = (values.optional('storage') ?? '').split(',').filter((name) => name !== '');
  const disks = devices(xml, 'disk').flatMap((disk) => {
    const source = sourceOf(disk);
    const target = attribute(disk, 'target', 'dev') ?? '';
    return source === undefined || childOf(disk, 'source') === undefined ? [] : [{ disk, source, target }];
  });
  const named = (name: string) => disks.filter(({ source, target }) => source === name || target === name);
  const absent = names.filter((name) => named(name).length === 0);
  if (absent.length > 0)
    throw new CommandError(
      absent.map((name) => `Volume '${name}' was not found in domain's definition.`).join('\nerror: '),
    );
  const chosen = values.flag('remove-all-storage') ? disks : [...new Set(names.flatMap(named))];
  return Promise.all(
    chosen.map(async ({ disk, source, target }) => ({ source, target, volume: await volumeOf(remote, disk, source) })),
  );
}

/** @returns what is to be told of it; what failed is thrown */
async function removeVolume(remote: Remote, { target, source, volume }: Doomed, values: Values): Promise<string> {
  const name = `'${target}'(${source})`;
  if (volume === undefined)
    throw new CommandError(`Storage volume ${name} is not managed by libvirt. Remove it manually.`);
  if (values.flag('wipe-storage'))
    await attempt(`Failed to wipe volume ${name}. Volume not removed.`, () =>
      remote.storageVolWipe({ vol: volume, flags: 0 }),
    );
  const flags = values.flag('delete-storage-volume-snapshots') ? volumeDeleteFlags.withSnapshots : 0;
  await attempt(`Failed to remove storage volume ${name}`, () => remote.storageVolDelete({ vol: volume, flags }));
  return `Volume ${name} removed.`;
}

function checked(values: Values, running: boolean): void {
  if (values.has('storage') && values.flag('remove-all-storage'))
    throw new UsageError('Specified both --storage and --remove-all-storage');
  needs(values, 'delete-storage-volume-snapshots', 'remove-all-storage');
  const storage = values.has('storage') || values.flag('remove-all-storage');
  if (values.flag('wipe-storage') && !storage)
    throw new UsageError("'--wipe-storage' requires '--storage <string>' or '--remove-all-storage'");
  if (storage && running) throw new CommandError('Storage volume deletion is supported only on stopped domains');
  exclusive(values, 'nvram', 'keep-nvram');
  exclusive(values, 'tpm', 'keep-tpm');
}

async function undefine(context: Context, values: Values): Promise<Output> {
  const domain = await context.domain(values.text('domain'));
  checked(values, domain.id !== undefined);
  const { remote } = await context.connection();
  const storage = values.has('storage') || values.flag('remove-all-storage');
  const volumes = storage ? await doomed(remote, await domain.xml(), values) : [];
  await attempt(`Failed to undefine domain '${domain.name}'`, () =>
    remote.domainUndefineFlags({ dom: domain.handle, flags: remains.bits(values) }),
  );
  const lines = [`Domain '${domain.name}' has been undefined`];
  const failed: string[] = [];
  for (const volume of volumes)
    await removeVolume(remote, volume, values).then(
      (line) => lines.push(line),
      (cause: unknown) => failed.push(...said(cause)),
    );
  const output = { text: `${lines.join('\n')}\n`, data: { done: failed.length === 0, failed } };
  return failed.length === 0 ? output : { ...output, failure: new CommandError(failed.join('\nerror: ')) };
}

const said = (cause: unknown): readonly string[] =>
  cause instanceof Error ? [cause.message, ...said(cause.cause)] : [];

/** `undefine`, which may take the domain's volumes away too. */
export const undefineCommand: Command = {
  name: 'undefine',
  group: 'Domain Management',
  summary: 'undefine a domain',
  options: [domainOption, ...remains.options, ...storageOptions],
  run: undefine,
};
