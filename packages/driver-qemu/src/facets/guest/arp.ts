import type { GuestAddress } from '@virtkit/core';
import type { Links } from '@virtkit/host';
import type { Domain } from '@virtkit/schema';

/** Addresses this host's own neighbour table knows for a guest's interfaces. */
export async function neighbourAddresses(
  definition: Domain,
  links: Pick<Links, 'neighbours'>,
): Promise<readonly GuestAddress[]> {
  const neighbours = await links.neighbours();
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
