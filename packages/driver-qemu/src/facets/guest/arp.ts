import { readFile } from 'node:fs/promises';
import type { GuestAddress } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';

/** Addresses this host's own neighbour table knows for a guest's interfaces. */
export async function neighbourAddresses(
  definition: Domain,
  table = '/proc/net/arp',
): Promise<readonly GuestAddress[]> {
  const neighbours = readNeighbours(await readFile(table, 'latin1').catch(() => ''));
  return definition.devices.interfaces.flatMap((device): readonly GuestAddress[] => {
    const mac = device.mac?.address;
    const addresses = mac === undefined ? undefined : neighbours.get(mac);
    if (mac === undefined || addresses === undefined) return [];
    return [
      {
        name: device.target?.dev ?? '',
        mac,
        addresses: addresses.map((address) => ({ family: 'ipv4', address, prefix: 0 })),
      },
    ];
  });
}

/** Address lists by MAC; entries without an answer are left out. */
export function readNeighbours(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n').slice(1)) {
    const [address, , flags, mac] = line.trim().split(/\s+/);
    if (address === undefined || mac === undefined || Number(flags) === 0) continue;
    found.set(mac, [...(found.get(mac) ?? []), address]);
  }
  return found;
}
