import { checkDhcpHost, checkDhcpRange, isIpv6 } from '../checks/dhcp.js';
import { parseMac } from '../checks/mac.js';
import { type Dhcp, type DhcpHost, dhcpHost, type DhcpRange, dhcpRange } from '../dhcp.js';
import type { NetworkIp } from '../ip.js';
import type { Network } from '../network.js';
import { impossible, insert, readFragment, unsupportedChange, type UpdateFragment } from './change.js';

export function updateDhcpHost(network: Network, change: UpdateFragment): void {
  const ip = chosenIp(network, change.parentIndex);
  const host = readFragment(dhcpHost, change);
  checkDhcpHost(host, ip, network.name, { partial: change.command === 'delete' });
  if (change.command !== 'delete' && host.ip !== undefined && host.ip.includes(':') !== isIpv6(ip))
    impossible("the address family of a host entry IP must match the address family of the dhcp element's parent");
  const { hosts } = dhcpOf(ip);
  if (change.command === 'modify') return replaceHost(hosts, host, network);
  if (change.command === 'delete') return deleteHost(hosts, host, network);
  const elsewhere = network.ips.some((other) => other !== ip && hasDhcp(other) && isIpv6(other) === isIpv6(ip));
  if (elsewhere)
    impossible(`dhcp is supported only for a single ${isIpv6(ip) ? 'IPv6' : 'IPv4'} address on each network`);
  if (hosts.some((other) => sameMac(host, other) || sameName(host, other) || sameAddress(host, other)))
    impossible(
      `there is an existing dhcp host entry in network '${network.name}' that matches "<host ${described(host)}/>"`,
    );
  insert(hosts, host, change.command);
}

function replaceHost(hosts: DhcpHost[], host: DhcpHost, network: Network): void {
  const index = hosts.findIndex((other) => (host.mac !== undefined ? sameMac(host, other) : sameName(host, other)));
  if (index < 0) {
    const words = [
      `"mac='${host.mac ?? 'unknown'}'"`,
      `"name='${host.name ?? '(null)'}'"`,
      `"ip='${host.ip ?? '(null)'}'"`,
    ];
    impossible(`couldn't locate an existing dhcp host entry with ${words.join(' ')} in network '${network.name}'`);
  }
  hosts[index] = host;
}

function deleteHost(hosts: DhcpHost[], host: DhcpHost, network: Network): void {
  const index = hosts.findIndex(
    (other) =>
      (host.mac === undefined || sameMac(host, other)) &&
      (host.name === undefined || sameName(host, other)) &&
      (host.ip === undefined || sameAddress(host, other)),
  );
  if (index < 0) impossible(`couldn't locate a matching dhcp host entry in network '${network.name}'`);
  hosts.splice(index, 1);
}

const sameMac = (a: DhcpHost, b: DhcpHost): boolean =>
  a.mac !== undefined && b.mac !== undefined && parseMac(a.mac) === parseMac(b.mac);
const sameName = (a: DhcpHost, b: DhcpHost): boolean => a.name !== undefined && a.name === b.name;
const sameAddress = (a: DhcpHost, b: DhcpHost): boolean => a.ip !== undefined && a.ip === b.ip;
const described = ({ mac, name, ip }: DhcpHost): string =>
  `mac='${mac ?? 'unknown'}' name='${name ?? 'unknown'}' ip='${ip ?? 'unknown'}'`;

export function updateDhcpRange(network: Network, change: UpdateFragment): void {
  const ip = chosenIp(network, change.parentIndex);
  if (change.command === 'modify') unsupportedChange('dhcp ranges cannot be modified, only added or deleted');
  const range = readFragment(dhcpRange, change);
  checkDhcpRange(range, ip, network.name);
  if (range.start.includes(':') !== isIpv6(ip))
    impossible("the address family of a dhcp range must match the address family of the dhcp element's parent");
  const { ranges } = dhcpOf(ip);
  const index = ranges.findIndex(({ start, end }) => start === range.start && end === range.end);
  if (change.command === 'delete') {
    if (index < 0) impossible(`couldn't locate a matching dhcp range entry in network '${network.name}'`);
    ranges.splice(index, 1);
    return;
  }
  if (index >= 0) impossible(existingRange(network, range));
  insert(ranges, range, change.command);
}

const existingRange = (network: Network, { start, end }: DhcpRange): string =>
  `there is an existing dhcp range entry in network '${network.name}' that matches "<range start='${start}' end='${end}'/>"`;

const hasDhcp = ({ dhcp }: NetworkIp): boolean => dhcp !== undefined && dhcp.ranges.length + dhcp.hosts.length > 0;

/** The `<ip>` of this number; without one the first that lends addresses, else the first IPv4 one, else the first. */
function chosenIp(network: Network, index: number): NetworkIp {
  const { ips, name } = network;
  if (index >= 0)
    return (
      ips[index] ??
      impossible(`couldn't update dhcp host entry - no <ip> element found at index ${index} in network '${name}'`)
    );
  return (
    ips.find(hasDhcp) ??
    ips.find((ip) => !isIpv6(ip)) ??
    ips[0] ??
    impossible(`couldn't update dhcp host entry - no <ip> element found in network '${name}'`)
  );
}

function dhcpOf(ip: NetworkIp): Dhcp {
  ip.dhcp ??= { ranges: [], hosts: [] };
  return ip.dhcp;
}
