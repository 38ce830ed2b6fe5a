import type { HostRoute, Links } from '@virtkit/host';
import { type IpAddress, type Network, networkAddress, networkIpPrefix, parseIpAddress } from '@virtkit/schema';
import { networkError } from './errors.js';

/** Refuses a network whose addresses this host already sends elsewhere. */
export async function refuseCollision(network: Network, links: Links): Promise<void> {
  const routes = await links.routes();
  const own = network.bridge?.name;
  for (const ip of network.ips) {
    const address = parseIpAddress(ip.address);
    const prefix = networkIpPrefix(ip);
    if (address?.family !== 'ipv4' || prefix === undefined) continue;
    const found = routes.find((route) => route.device !== own && overlaps(address, prefix, route));
    if (found !== undefined)
      throw networkError('INTERNAL_ERROR', `Network is already in use by interface ${found.device}`);
  }
}

function overlaps(address: IpAddress, prefix: number, { destination, mask }: HostRoute): boolean {
  const ownMask = networkAddress({ family: 'ipv4', value: 0xffffffffn }, prefix).value;
  const common = mask & ownMask;
  return destination !== 0n && (destination & common) === (address.value & common);
}
