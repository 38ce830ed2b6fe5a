import { errorsFrom } from '../../errors/virt-error.js';
import type { DriveAddress } from '../device-info.js';
import type { Hostdev } from '../devices/hostdev.js';
import type { NetworkInterface } from '../devices/interface.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** A device of the host is given once; SCSI devices share no place with others. */
export function validateHostdevs(domain: Domain): void {
  const ramfbs = domain.devices.hostdevs.filter(({ ramfb }) => ramfb === true);
  if (ramfbs.length > 1) throw virtError('CONFIG_UNSUPPORTED', "Only one vgpu device can have 'ramfb' enabled");
  const seen = new Set<string>();
  for (const device of [...domain.devices.hostdevs, ...domain.devices.interfaces.flatMap(asHostdev)]) {
    const key = identity(device);
    if (key === undefined) continue;
    if (seen.has(key)) throw virtError('XML_ERROR', 'Hostdev already exists in the domain configuration');
    seen.add(key);
  }
}

/** A network card of the host is one of its devices too. */
const asHostdev = ({ source }: NetworkInterface): readonly Pick<Hostdev, 'mode' | 'source'>[] =>
  source.type === 'hostdev' && source.address !== undefined
    ? [{ mode: 'subsystem', source: { type: 'pci', address: source.address } }]
    : [];

/** What makes two of them the same. */
function identity({ mode, source }: Pick<Hostdev, 'mode' | 'source'>): string | undefined {
  switch (source.type) {
    case 'pci':
      return JSON.stringify([
        mode,
        source.type,
        source.address?.domain,
        source.address?.bus,
        source.address?.slot,
        source.address?.function,
      ]);
    case 'usb':
      return JSON.stringify([mode, source.type, source.address, source.vendor?.id, source.product?.id]);
    case 'mdev':
      return JSON.stringify([mode, source.type, source.address]);
    case 'scsi':
      return JSON.stringify([mode, source.type, source.adapter, source.address, source.name]);
    case 'scsi_host':
      return JSON.stringify([mode, source.type, source.wwpn]);
    default:
      return undefined;
  }
}

const places = ({ controller, bus, target, unit }: DriveAddress): string =>
  `controller='${controller}' bus='${bus}' target='${target}' unit='${unit}'`;

/** SCSI places that the document gives; checked before free ones are given out. */
export function checkScsiPlaces({ devices }: Domain): void {
  const scsi = devices.hostdevs.filter(({ source }) => source.type === 'scsi');
  const used = new Set<string>();
  for (const { address } of scsi) {
    if (address?.type !== 'drive') continue;
    const place = places(address);
    if (used.has(place))
      throw virtError('CONFIG_UNSUPPORTED', `SCSI host address ${place} in use by another SCSI host device`);
    used.add(place);
  }
  for (const { target, address } of devices.disks) {
    if (target.bus !== 'scsi' || address?.type !== 'drive' || !used.has(places(address))) continue;
    throw virtError(
      'CONFIG_UNSUPPORTED',
      `using disk target name '${target.dev}' conflicts with SCSI host device address ${places(address).slice(0, -1)}`,
    );
  }
}
