import { stat } from 'node:fs/promises';
import { type Disk, type Domain, errorsFrom, systemWords } from '@virtkit/schema';
import { updateGuestCpu } from '../command/guest-cpu.js';
import { completeForStart } from '../complete/definition.js';
import { gatherFacts } from '../dialect-host.js';
import { assignAliases } from '../command/aliases.js';
import { imagesOf } from '../command/block/node-names.js';
import { virtError } from '../errors.js';
import { emit } from '../guests/change-guest.js';
import { diskPath, hasMedium, isDrive, sourcePath } from '../guests/disk-source.js';
import { driverCall } from '../guests/driver-call.js';
import type { Guest } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';
import { ownersToChange, type GuestFile } from '../process/file-owners.js';
import { groupPath, placeInPartition } from '../process/guest-group.js';
import { guestPaths } from '../process/guest-paths.js';
import { completeChains, nameNodes, volumeKey } from './block-plan.js';
import { bootFiles, checkFiles } from './check-files.js';
import { checkLabels } from './check-labels.js';
import { charFiles, charSockets, labelDomain, placeChannels } from './device-plan.js';
import { placeDisplays } from './displays.js';
import { listenAddresses, placeOnNetworks } from './listen-address.js';
import { planTaps } from './network-plan.js';
import { checkPassthrough } from './passthrough.js';
import type { StartPlan } from './plan.js';
import { renderNodeFor } from './render-node.js';
import { scsiGenericOf } from './scsi-generic.js';
import { checkSecrets } from './secrets.js';
import { tpmSocket, tpmWords } from './tpm.js';
import { findUsbDevices, usbDeviceFiles } from './usb-host.js';

/** Decides everything about a start, reading but making nothing. */
export async function planStart(services: QemuServices, guest: Guest, source: Domain): Promise<StartPlan> {
  const definition = structuredClone(source);
  const id = guest.id ?? 0;
  const paths = guestPaths(services.paths, definition.name ?? '', id);
  const facts = await gatherFacts(definition, { for: 'load' }, services.dialect, services.signal);
  const capabilities = facts.capabilities ?? (await services.capabilities.of(definition.devices.emulator ?? ''));
  definition.id = id;
  completeForStart(definition, facts);
  for (const disk of definition.devices.disks)
    if (!hasMedium(disk) && disk.driver !== undefined) delete disk.driver.type;
  updateGuestCpu(definition, { capabilities, cpuMap: facts.host.cpuMap });
  await dropMissingMedia(services, guest, definition);
  assignAliases(definition);
  const volumes = await resolveVolumes(services, definition);
  const renderNode = await renderNodeFor(definition);
  await checkSecrets(services, definition);
  const scsiGeneric = await scsiGenericOf(definition);
  checkPassthrough(definition);
  checkLabels(source);
  findUsbDevices(definition);
  await checkFiles(definition);
  await completeChains(definition.devices.disks, volumes, services.user);
  const { nodes, last } = nameNodes(definition, capabilities);
  placeChannels(definition, paths);
  labelDomain(definition, services.user);
  const group = planGroup(services, definition);
  const taps = await planTaps(services, definition, services.tapNames);
  placeOnNetworks(definition, await listenAddresses(services, definition));
  await placeDisplays(definition, services.displays, services.displayDefaults);
  const owners =
    services.user === undefined ? [] : await ownersToChange(guestFiles(definition, volumes), services.user);
  return {
    id,
    paths,
    capabilities,
    definition,
    nodes,
    nodeIndex: last,
    taps,
    sockets: charSockets(definition),
    files: charFiles(definition),
    volumes,
    renderNode,
    scsiGeneric,
    resources: {
      taps: taps.map(({ name }) => name),
      ports: taps.flatMap(({ port }) => port ?? []),
      owners,
      helperWords: tpmWords(services, definition, paths),
      group,
      files: [paths.folder, paths.channels, paths.pidFile, tpmSocket(services, paths)],
    },
  };
}

function planGroup({ cgroups, paths }: QemuServices, definition: Domain): string | undefined {
  if (cgroups === undefined) return undefined;
  placeInPartition(definition);
  return groupPath(definition, paths.runDir);
}

/** Files QEMU opens itself. */
function guestFiles(definition: Domain, volumes: ReadonlyMap<string, string>): readonly GuestFile[] {
  return [
    ...bootFiles(definition).map((path) => ({ path, writable: false })),
    ...usbDeviceFiles(definition).map((path) => ({ path, writable: true })),
    ...definition.devices.disks.flatMap((disk) => diskFiles(disk, volumes)),
  ];
}

export function diskFiles(disk: Disk, volumes: ReadonlyMap<string, string>): readonly GuestFile[] {
  return imagesOf(disk).flatMap((image) => {
    const { source } = image;
    if (source === undefined || source.type === 'network') return [];
    const path = source.type === 'volume' ? volumes.get(volumeKey(source)) : sourcePath(source);
    return path === undefined ? [] : [{ path, writable: image === disk && disk.readonly !== true }];
  });
}

/** Media a document lets be absent are left out when their file is; any other missing file stops the start. */
async function dropMissingMedia(services: QemuServices, guest: Guest, definition: Domain): Promise<void> {
  const kept: Disk[] = [];
  for (const disk of definition.devices.disks) {
    const missing = await missingFile(disk);
    if (missing === undefined) kept.push(disk);
    else if (disk.source.startupPolicy !== 'optional') throw inaccessible(services, disk, missing.path, missing.cause);
    else {
      const oldSource = diskPath(disk) ?? '';
      const removable = isDrive(disk);
      if (removable) kept.push({ ...disk, source: { type: 'file', seclabels: [], index: undefined } });
      const reason = removable ? 'missing-on-start' : 'drop-missing-on-start';
      emit(services, guest, { type: 'diskChange', oldSource, alias: disk.alias ?? disk.target.dev, reason });
    }
  }
  definition.devices.disks = kept;
}

async function missingFile(disk: Disk): Promise<{ readonly path: string; readonly cause: unknown } | undefined> {
  const path = disk.source.type === 'file' || disk.source.type === 'block' ? diskPath(disk) : undefined;
  if (path === undefined) return undefined;
  return await stat(path).then(
    () => undefined,
    (cause: unknown) => ({ path, cause }),
  );
}

/** Images that may lie on others are opened as the user of QEMU, which is named. */
export function inaccessible(
  { user }: Pick<QemuServices, 'user'>,
  { driver }: Disk,
  path: string,
  cause: unknown,
): Error {
  const { uid, gid } = user ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const as = (driver?.type ?? 'raw') === 'raw' ? '' : ` (as uid:${uid}, gid:${gid})`;
  return storageError('SYSTEM_ERROR', `Cannot access storage file '${path}'${as}: ${systemWords(cause)}`, { cause });
}

/** Paths of volumes that disks name by pool and volume. */
export async function resolveVolumes(
  services: QemuServices,
  { devices }: Pick<Domain, 'devices'>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { source } of devices.disks.flatMap(imagesOf)) {
    if (source?.type === 'volume')
      found.set(volumeKey(source), await volumePath(services, source.pool ?? '', source.volume ?? ''));
  }
  return found;
}

const storageError = errorsFrom('STORAGE');

async function volumePath(services: QemuServices, pool: string, name: string): Promise<string> {
  const storage = await services.peer('storage');
  if (storage === undefined) throw virtError('CONFIG_UNSUPPORTED', 'storage pools are not installed on this host');
  const found = (await storage.list(driverCall())).find(({ ref }) => ref.name === pool);
  if (found === undefined) throw storageError('NO_STORAGE_POOL', `no storage pool with matching name '${pool}'`);
  if (!found.active)
    throw virtError('CONFIG_UNSUPPORTED', `storage pool '${pool}' containing volume '${name}' is not active`);
  const volume = (await storage.volumes(found.ref, driverCall())).find((entry) => entry.name === name);
  if (volume === undefined) throw storageError('NO_STORAGE_VOL', `no storage vol with matching name '${name}'`);
  return await storage.volumePath(volume, driverCall());
}
