import { readFile } from 'node:fs/promises';
import { type IpAddress, type Network, networkAddress, networkIpPrefix, parseIpAddress } from '@virtkit/schema';
import { networkError } from './errors.js';

interface HostRoute {
  readonly device: string;
  readonly destination: bigint;
  readonly mask: bigint;
}

/** Reads `/proc/net/route`. */
export function parseRoutes(text: string): readonly HostRoute[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [device, destination, , , , , , mask] = line.trim().split(/\s+/);
      if (device === undefined || destination === undefined || mask === undefined) return [];
      return [{ device, destination: littleEndian(destination), mask: littleEndian(mask) }];
    });
}

/** Refuses a network whose addresses this host already sends elsewhere. */
export async function refuseCollision(network: Network): Promise<void> {
  const routes = parseRoutes(await readFile('/proc/net/route', 'utf8').catch(() => ''));
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

const littleEndian = (hex: string): bigint => BigInt(Buffer.from(hex, 'hex').readUInt32LE(0));
