import type { DhcpHost, Network } from '@virtkit/schema';
import { isIpv6, joinLines, leaseTime, lendingIps } from './config.js';

/** The file of static DHCP hosts. */
export const hostsFile = (network: Network): string =>
  joinLines(lendingIps(network).flatMap((ip) => ip.dhcp.hosts.map((host) => hostWords(host, isIpv6(ip)).join(','))));

function hostWords(host: DhcpHost, ipv6: boolean): readonly string[] {
  const lease = leaseTime(host.lease);
  const words = ipv6
    ? [host.id === undefined ? undefined : `id:${host.id}`, host.name, `[${host.ip ?? ''}]`, lease]
    : host.mac === undefined
      ? [host.name, host.ip, lease]
      : [host.mac, host.ip, host.name, lease];
  return words.filter((word) => word !== undefined);
}

/** The file of further DNS names. */
export const namesFile = ({ dns }: Network): string =>
  joinLines((dns?.hosts ?? []).map(({ ip, hostnames }) => [ip ?? '', ...hostnames.map(({ name }) => name)].join('\t')));
