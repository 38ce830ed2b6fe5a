import { errorsFrom } from '../../errors/virt-error.js';
import type { DeviceBoot } from '../device-info.js';
import type { Domain } from '../domain.js';
import { firstRepeated } from '../../values/repeated.js';

const virtError = errorsFrom('DOMAIN');

/** `<boot>` of all devices that have one. */
function deviceBoots({ devices }: Domain): DeviceBoot[] {
  const bootable = [devices.disks, devices.interfaces, devices.hostdevs, devices.redirdevs, devices.filesystems];
  return bootable.flatMap((list) => list.flatMap(({ boot }: { boot?: DeviceBoot | undefined }) => boot ?? []));
}

/** The order of booting is given for kinds of devices or for each device; given for none, a hard disk is meant. */
export function completeBoot(domain: Domain): void {
  const { os } = domain;
  const orders = deviceBoots(domain).map(({ order }) => order);
  const repeated = firstRepeated(orders);
  if (repeated !== undefined)
    throw virtError('CONFIG_UNSUPPORTED', `boot order '${repeated}' used for more than one device`);
  if (orders.length > 0 && os.boots.length > 0) {
    throw virtError('CONFIG_UNSUPPORTED', 'per-device boot elements cannot be used together with os/boot elements');
  }
  if (os.type.name === 'hvm' && os.boots.length === 0 && orders.length === 0) os.boots.push({ dev: 'hd' });
}
