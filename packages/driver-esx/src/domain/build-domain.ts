import { type Domain, noDevices, type Video } from '@virtkit/schema';
import type { Answer } from '../soap/answer.js';
import { unescapedName } from '../vim/names.js';
import { controllerElements, diskControllers } from './controllers.js';
import { buildDisk } from './disks.js';
import { buildInterface } from './interfaces.js';

/** What of a guest has to be known for its document. */
export const domainProperties = [
  'name',
  'config.uuid',
  'config.annotation',
  'config.guestId',
  'config.firmware',
  'config.hardware',
  'config.cpuAllocation',
  'config.memoryAllocation',
] as const;

type Properties = ReadonlyMap<string, Answer>;
const kibPerMib = 1024;

/** A guest's document, from what the server says of its hardware. Pure. */
export function buildDomain(properties: Properties): Domain {
  const text = (name: (typeof domainProperties)[number]): string => properties.get(name)?.text ?? '';
  const hardware = properties.get('config.hardware');
  const memory = (hardware?.get('memoryMB').number ?? 0) * kibPerMib;
  const annotation = text('config.annotation');
  return {
    type: 'vmware',
    name: unescapedName(text('name')),
    uuid: text('config.uuid').toLowerCase(),
    ...(annotation === '' ? {} : { description: annotation }),
    memory: { size: memory },
    currentMemory: memory,
    ...tuning(properties),
    vcpu: { placement: 'static', count: hardware?.get('numCPU').number ?? 1 },
    ...topology(hardware),
    sysinfos: [],
    os: {
      ...(text('config.firmware') === 'efi' ? { firmware: 'efi' } : {}),
      type: { name: 'hvm', arch: isWide(text('config.guestId')) ? 'x86_64' : 'i686' },
      boots: [],
    } as Domain['os'], // rows of other firmware are absent
    clock: { offset: 'utc', timers: [] } as Domain['clock'], // no adjustment
    onPoweroff: 'destroy',
    onReboot: 'restart',
    onCrash: 'destroy',
    devices: buildDevices(hardware?.list('device') ?? []),
  } as Domain; // all rows a document of a remote guest has
}

const isWide = (guestId: string): boolean =>
  /64(_?Guest)?$/i.test(guestId) || /^(darwin1\d|windows9|windows2019|vmkernel)/i.test(guestId);

function topology(hardware: Answer | undefined): Partial<Domain> {
  const cpus = hardware?.get('numCPU').number ?? 1;
  const cores = hardware?.get('numCoresPerSocket').number ?? 1;
  if (cores <= 1 || cpus % cores !== 0) return {};
  return {
    cpu: { topology: { sockets: cpus / cores, dies: 1, clusters: 1, cores, threads: 1 } },
  } as unknown as Partial<Domain>; // a bare topology
}

const unlimited = -1;
function tuning(properties: Properties): Partial<Domain> {
  const reserved = properties.get('config.memoryAllocation')?.get('reservation').number ?? 0;
  const shares = properties.get('config.cpuAllocation')?.get('shares');
  const level = shares?.get('level').text;
  const own = level === 'custom' ? (shares?.get('shares').number ?? unlimited) : unlimited;
  return {
    ...(reserved > 0 ? { memtune: { minGuarantee: reserved * kibPerMib } } : {}),
    ...(own > 0 ? { cputune: { shares: own } as NonNullable<Domain['cputune']> } : {}),
  };
}

const buses = ['scsi', 'sata', 'nvme', 'ide', 'fdc'];
function buildDevices(list: readonly Answer[]): Domain['devices'] {
  const controllers = diskControllers(list);
  const built = list.flatMap((device) => buildDisk(device, controllers) ?? []);
  const sorted = built.toSorted(
    (one, other) =>
      buses.indexOf(one.controller.bus) - buses.indexOf(other.controller.bus) ||
      compareTargets(one.disk.target.dev, other.disk.target.dev),
  );
  return {
    ...noDevices(),
    disks: sorted.map(({ disk }) => disk),
    controllers: controllerElements(sorted.map(({ controller }) => controller)),
    interfaces: list.flatMap((device) => buildInterface(device) ?? []),
    videos: list.flatMap((device) => buildVideo(device) ?? []),
  };
}

const compareTargets = (one: string, other: string): number => one.length - other.length || one.localeCompare(other);

function buildVideo(device: Answer): Video | undefined {
  if (device.type !== 'VirtualMachineVideoCard') return undefined;
  return { model: { type: 'vmvga', vram: device.get('videoRamSizeInKB').number ?? 4096, primary: true } };
}
