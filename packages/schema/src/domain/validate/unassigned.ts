import { errorsFrom } from '../../errors/virt-error.js';
import type { DeviceInfo } from '../device-info.js';
import type { Domain } from '../domain.js';
import { everyDevice } from './aliases.js';

const virtError = errorsFrom('DOMAIN');

/** Only what belongs to the host can be kept from the guest. */
export function refuseUnassigned(definition: Domain): void {
  const hostdevs: readonly DeviceInfo[] = definition.devices.hostdevs;
  for (const device of everyDevice(definition)) {
    if (device.address?.type === 'unassigned' && !hostdevs.includes(device))
      throw virtError('CONFIG_UNSUPPORTED', "address of type 'unassigned' is supported only for hostdevs");
  }
}
