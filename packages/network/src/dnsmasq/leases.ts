import { readFile } from 'node:fs/promises';
import type { DhcpLease } from '@virtkit/core';
import { errnoOf, type Network, networkIpPrefix, systemErrorsFrom } from '@virtkit/schema';
import { isIpv6, lends } from './config.js';

const systemError = systemErrorsFrom('NETWORK');

interface LeaseLine {
  /** Seconds since the epoch; 0: for ever. */
  readonly expiry: bigint;
  /** Hardware address, or the association's number for IPv6. */
  readonly key: string;
  readonly address: string;
  readonly hostname: string | undefined;
  readonly clientId: string | undefined;
}

/** Reads dnsmasq's own file of leases. */
function parseLeases(text: string): readonly LeaseLine[] {
  return text.split('\n').flatMap((line) => {
    const [expiry = '', key = '', address = '', hostname = '*', clientId = '*'] = line.split(' ');
    if (!/^\d+$/.test(expiry) || address === '') return [];
    const known = (word: string) => (word === '*' ? undefined : word);
    return [{ expiry: BigInt(expiry), key, address, hostname: known(hostname), clientId: known(clientId) }];
  });
}

/** dnsmasq makes its file with the first lease. @throws SYSTEM_ERROR where it is there and cannot be read */
async function leaseText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return '';
    throw systemError(`cannot read file '${path}'`, cause);
  }
}

/** The leases of a network that have not run out. */
export async function readLeases(path: string, network: Network, now = Date.now()): Promise<readonly DhcpLease[]> {
  const text = await leaseText(path);
  const seconds = BigInt(Math.floor(now / 1000));
  return parseLeases(text)
    .filter(({ expiry }) => expiry === 0n || expiry > seconds)
    .map((line) => leaseOf(line, network));
}

function leaseOf(line: LeaseLine, network: Network): DhcpLease {
  const { key, clientId, hostname } = line;
  const ipv6 = line.address.includes(':');
  const mac = ipv6 ? macOfDuid(clientId) : hardwareAddress(key);
  return {
    interface: network.bridge?.name ?? '',
    expiry: line.expiry,
    family: ipv6 ? 'ipv6' : 'ipv4',
    address: line.address,
    prefix: prefixFor(network, ipv6),
    ...(mac !== undefined && { mac }),
    ...(ipv6 && { iaid: key.replace(/^T/, '') }),
    ...(hostname !== undefined && { hostname }),
    ...(clientId !== undefined && { clientId }),
  };
}

/** Ethernet is written without its type, others as `06-…`. */
const hardwareAddress = (key: string): string => key.replace(/^[0-9a-f]{2}-/, '');

/** A client's identifier made of its hardware address (kinds 1 and 3) ends with it. */
function macOfDuid(duid: string | undefined): string | undefined {
  const bytes = duid?.split(':') ?? [];
  const kind = bytes.slice(0, 4).join(':');
  if (kind === '00:01:00:01' && bytes.length === 14) return bytes.slice(8).join(':');
  return kind === '00:03:00:01' && bytes.length === 10 ? bytes.slice(4).join(':') : undefined;
}

function prefixFor(network: Network, ipv6: boolean): number {
  const ip = network.ips.find((one) => lends(one) && isIpv6(one) === ipv6);
  return (ip && networkIpPrefix(ip)) ?? 0;
}
