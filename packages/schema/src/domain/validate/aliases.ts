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
export function everyDevice({ devices }: Domain): readonly DeviceInfo[] {
  const all: DeviceInfo[] = [];
  const kinds = devices as unknown as Readonly<Record<string, unknown>>;
  for (const kind of Object.keys(kinds)) {
    const value = kinds[kind];
    // Every object among the devices has the shared rows, or none of them.
    if (Array.isArray(value))
      for (const device of kind === 'consoles' ? value.slice(1) : value) all.push(device as DeviceInfo);
    else if (typeof value === 'object' && value !== null) all.push(value as DeviceInfo);
  }
  return all;
}
