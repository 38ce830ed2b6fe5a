import type { Pieces } from '@virtkit/xml';
import { resolvedAddress, requireAddress, canonical } from './address.js';
import { refuse, unsupported } from './error.js';
import { isMulticast, parseMac } from './mac.js';
import { checkRange } from './range.js';
import type { Dhcp, DhcpHost, DhcpRange, LeaseTime } from '../dhcp.js';
import { defaultPrefix, netmaskPrefix, parseIpAddress } from '../ip-address.js';
import type { NetworkIp } from '../ip.js';

type Place = Pick<NetworkIp, 'family' | 'address' | 'prefix' | 'netmask'>;

export const isIpv6 = (ip: Pick<NetworkIp, 'address'>): boolean => ip.address.includes(':');

/** Length of the network's part of an address: given, by its mask, or by the old classes. @libvirt virNetworkIPDefPrefix */
export function prefixOf(ip: Place): number | undefined {
  if (ip.prefix !== undefined) return ip.prefix;
  const address = parseIpAddress(ip.netmask ?? ip.address);
  if (address === undefined) return undefined;
  return ip.netmask === undefined ? defaultPrefix(address) : netmaskPrefix(address);
}

/** There may be tens of thousands of hosts. */
export function* checkDhcp(dhcp: Dhcp, ip: NetworkIp, network: string): Pieces<void> {
  for (const range of dhcp.ranges) checkDhcpRange(range, ip, network);
  for (const host of dhcp.hosts) {
    checkDhcpHost(host, ip, network, { partial: false });
    yield;
  }
  if (isIpv6(ip) || dhcp.bootp?.file === undefined) delete dhcp.bootp;
  const server = dhcp.bootp?.server;
  if (dhcp.bootp !== undefined && server !== undefined) dhcp.bootp.server = canonical(resolvedAddress(server));
}

export function checkDhcpRange(range: DhcpRange, ip: Place, network: string): void {
  if (range.start === '') refuse(`Missing 'start' attribute in dhcp range for network '${network}'`);
  const start = resolvedAddress(range.start);
  if (range.end === '') refuse(`Missing 'end' attribute in dhcp range for network '${network}'`);
  const end = resolvedAddress(range.end);
  range.start = canonical(start);
  range.end = canonical(end);
  const prefix = prefixOf(ip) ?? -1;
  checkRange(start, end, { address: ip.address, prefix });
  checkLease(range.lease);
}

/** `partial`: for finding an entry one of its fields is enough. */
export function checkDhcpHost(
  host: DhcpHost,
  ip: Pick<NetworkIp, 'address'>,
  network: string,
  { partial }: { readonly partial: boolean },
): void {
  if (host.mac !== undefined) checkMac(host.mac, ip, network);
  const bad = /[^0-9a-fA-F:]/.exec(host.id ?? '');
  if (bad) refuse(`Invalid character '${bad[0]}' in id '${host.id}' of network '${network}'`);
  if (host.name !== undefined && !/^[A-Za-z0-9]/.test(host.name))
    refuse(`Cannot use host name '${host.name}' in network '${network}'`);
  if (host.ip !== undefined)
    host.ip = canonical(
      requireAddress(host.ip, () => refuse(`Invalid IP address in static host definition for network '${network}'`)),
    );
  if (partial) checkSearch(host, network);
  else checkComplete(host, ip, network);
  checkLease(host.lease);
}

const shortestLease = { seconds: 120, minutes: 2, hours: 0 };

function checkLease(lease: LeaseTime | undefined): void {
  if (lease !== undefined && lease.expiry !== 0 && lease.expiry < shortestLease[lease.unit])
    unsupported('The minimum lease time should be greater than 2 minutes');
}

function checkSearch({ mac, name, ip }: DhcpHost, network: string): void {
  if (mac === undefined && name === undefined && ip === undefined)
    refuse(
      `At least one of name, mac, or ip attribute must be specified for static host definition in network '${network}'`,
    );
}

function checkComplete(host: DhcpHost, ip: Pick<NetworkIp, 'address'>, network: string): void {
  if (isIpv6(ip)) {
    if (host.id === undefined && host.name === undefined)
      refuse(`Static host definition in IPv6 network '${network}' must have id or name attribute`);
  } else if (host.mac === undefined && host.name === undefined)
    refuse(`Static host definition in IPv4 network '${network}' must have mac or name attribute`);
  if (host.ip === undefined) refuse(`Missing IP address in static host definition for network '${network}'`);
}

function checkMac(text: string, ip: Pick<NetworkIp, 'address'>, network: string): void {
  if (isIpv6(ip))
    refuse(`Invalid to specify MAC address '${text}' in network '${network}' IPv6 static host definition`);
  const mac = parseMac(text);
  if (mac === undefined) refuse(`Cannot parse MAC address '${text}' in network '${network}'`);
  if (isMulticast(mac)) refuse(`expected unicast mac address, found multicast '${text}' in network '${network}'`);
}
