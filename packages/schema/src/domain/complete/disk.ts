import { errorsFrom } from '../../errors/virt-error.js';
import type { DriveAddress } from '../device-info.js';
import type { Disk, DiskTarget } from '../devices/disk.js';

const virtError = errorsFrom('DOMAIN');

type Bus = NonNullable<DiskTarget['bus']>;

const busOfPrefix: Readonly<Record<string, Bus>> = {
  hd: 'ide',
  sd: 'scsi',
  vd: 'virtio',
  xvd: 'xen',
  ubd: 'uml',
  fd: 'fdc',
};
const prefixes = ['fd', 'hd', 'vd', 'sd', 'xvd', 'ubd'];

/**
 * The number in a disk's name: `sda` is 0, `sdaa` 26; a partition's digits are left out. Undefined for names that aren't one,
 * longer ones than fit 31 bits included.
 */
export function diskIndex(dev: string): number | undefined {
  const prefix = prefixes.find((candidate) => dev.startsWith(candidate));
  const match = prefix === undefined ? null : /^([a-z]+)(\d*)$/.exec(dev.slice(prefix.length));
  const letters = match?.[1];
  const partition = match?.[2] ?? '';
  if (letters === undefined || letters.length > 6 || /^0./.test(partition)) return undefined;
  const index = [...letters].reduce((sum, letter) => (sum + 1) * 26 + (letter.charCodeAt(0) - 97), -1);
  return index <= 0x7fff_ffff ? index : undefined;
}

/** Disks of a bus stand together in the order of their names, where the first of the bus stood. */
export function orderDisks(disks: readonly Disk[]): Disk[] {
  const buses = new Map<Bus | undefined, { readonly disk: Disk; readonly index: number }[]>();
  for (const disk of disks) {
    const placed = { disk, index: diskIndex(disk.target.dev) ?? -1 };
    const bus = buses.get(disk.target.bus);
    if (bus === undefined) buses.set(disk.target.bus, [placed]);
    else bus.push(placed);
  }
  return [...buses.values()].flatMap((bus) => bus.sort((a, b) => a.index - b.index).map(({ disk }) => disk));
}

/** What follows for one disk from its kind and name. */
export function completeDisk(disk: Disk, options: { readonly wideScsi?: boolean } = {}): void {
  if (disk.device === 'cdrom') disk.readonly = true;
  if (disk.readonly === true || disk.source.type === 'vhostuser') disk.snapshot ??= 'no';
  if (disk.address === undefined && disk.target.dev !== '') assignDriveAddress(disk, options.wideScsi === true);
}

/** The bus a disk without one is on: its name tells. */
export function defaultDiskBus({ device, target }: Disk): Bus {
  if (device === 'floppy') return 'fdc';
  const prefix = Object.keys(busOfPrefix).find((candidate) => target.dev.startsWith(candidate));
  return prefix === undefined || prefix === 'fd' ? 'ide' : (busOfPrefix[prefix] as Bus);
}

/** Disks on buses with fixed places get theirs from their name. */
function assignDriveAddress(disk: Disk, wideScsi: boolean): void {
  const index = diskIndex(disk.target.dev);
  if (index === undefined)
    throw virtError('XML_ERROR', `Unknown disk name '${disk.target.dev}' and no address specified`);
  const place = places(wideScsi)[disk.target.bus ?? 'none'];
  if (place !== undefined) disk.address = { type: 'drive', target: 0, ...place(index) };
}

type Place = (index: number) => Pick<DriveAddress, 'controller' | 'bus' | 'unit'>;

function places(wideScsi: boolean): Partial<Record<Bus, Place>> {
  const units = wideScsi ? 16 : 7;
  return {
    scsi: (index) => ({ controller: Math.floor(index / units), bus: 0, unit: index % units }),
    ide: (index) => ({ controller: Math.floor(index / 4), bus: Math.floor((index % 4) / 2), unit: index % 2 }),
    sata: (index) => ({ controller: Math.floor(index / 6), bus: 0, unit: index % 6 }),
    fdc: (index) => ({ controller: Math.floor(index / 2), bus: 0, unit: index % 2 }),
  };
}
