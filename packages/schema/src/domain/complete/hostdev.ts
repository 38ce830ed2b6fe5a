import type { DeviceInfo, DriveAddress } from '../device-info.js';
import type { Domain } from '../domain.js';

/** Units of a SCSI bus. */
const units = 7;

/** SCSI devices of the host without a place get the first free one, whatever controllers there are. */
export function assignScsiPlaces({ devices }: Domain): void {
  const hostdevs = devices.hostdevs.filter(({ source }) => source.type === 'scsi');
  if (hostdevs.length === 0) return;
  const disks = devices.disks.filter(({ target }) => target.bus === 'scsi');
  const used = new Set([...disks, ...hostdevs].flatMap(({ address }) => placeOf(address)));
  let next = 0;
  for (const hostdev of hostdevs) {
    if (hostdev.address !== undefined) continue;
    while (used.has(placeKey(next))) next += 1;
    hostdev.address = { type: 'drive', ...placeAt(next), bus: 0, target: 0 };
    next += 1;
  }
}

const placeAt = (number: number): Pick<DriveAddress, 'controller' | 'unit'> => ({
  controller: Math.floor(number / units),
  unit: number % units,
});

const placeKey = (number: number): string => keyOf({ ...placeAt(number), bus: 0, target: 0 });

const placeOf = (address: DeviceInfo['address']): readonly string[] =>
  address?.type === 'drive' ? [keyOf(address)] : [];

const keyOf = ({
  controller,
  bus,
  target,
  unit,
}: Pick<DriveAddress, 'controller' | 'bus' | 'target' | 'unit'>): string => [controller, bus, target, unit].join();
