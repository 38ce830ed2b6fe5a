import { errorsFrom } from '../../errors/virt-error.js';
import { type DeviceInfo, isUserAlias } from '../device-info.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** A name a user gave to a device is that of one device. The driver's own may be shared: companions of a USB controller. */
export function refuseSameAliases(definition: Domain): void {
  const seen = new Set<string>();
  for (const { alias } of everyDevice(definition)) {
    if (alias === undefined || !isUserAlias(alias)) continue;
    if (seen.has(alias)) throw virtError('CONFIG_UNSUPPORTED', `non unique alias detected: ${alias}`);
    seen.add(alias);
  }
}

/** All devices of a domain, kind after kind; the first console is the first serial device again. */
export const everyDevice = ({ devices }: Domain): readonly DeviceInfo[] =>
  Object.entries(devices).flatMap(([kind, value]: [string, unknown]): readonly DeviceInfo[] => {
    if (Array.isArray(value)) return (kind === 'consoles' ? value.slice(1) : value) as readonly DeviceInfo[];
    return typeof value === 'object' && value !== null ? [value as DeviceInfo] : [];
  }); // every object among the devices has the shared rows, or none of them
