import type { GuestAddress } from '@virtkit/core';
import type { JsonObject, JsonValue } from '../../command/json.js';
import { listAt, numberAt, objectsOf, textAt } from '../../monitor/json-reading.js';

/** Reads `guest-network-get-interfaces`. Names with an alias (`eth0:1`) count to their device. */
export function readAgentInterfaces(answer: JsonValue): readonly GuestAddress[] {
  const found = new Map<string, { mac: string | undefined; addresses: GuestAddress['addresses'][number][] }>();
  for (const entry of objectsOf(answer)) {
    const name = (textAt(entry, 'name') ?? '').replace(/:.*$/, '');
    if (name === '') continue;
    const device = found.get(name) ?? { mac: textAt(entry, 'hardware-address'), addresses: [] };
    device.addresses.push(...listAt(entry, 'ip-addresses').flatMap(readAddress));
    found.set(name, device);
  }
  return [...found].map(([name, { mac, addresses }]) => ({ name, addresses, ...(mac === undefined ? {} : { mac }) }));
}

function readAddress(entry: JsonObject): GuestAddress['addresses'] {
  const [type, address] = [textAt(entry, 'ip-address-type'), textAt(entry, 'ip-address')];
  if (address === undefined || (type !== 'ipv4' && type !== 'ipv6')) return [];
  return [{ family: type, address, prefix: numberAt(entry, 'prefix') ?? 0 }];
}
