import {
  type Dhcp,
  type DnsForwarder,
  type DnsSrv,
  type DnsmasqOptions,
  formatIpAddress,
  type LeaseTime,
  type Network,
  type NetworkIp,
  networkIpPrefix,
  parseIpAddress,
  prefixNetmask,
  checkAddressRange,
} from '@virtkit/schema';
import { networkError } from '../errors.js';
import type { DnsmasqPaths } from './paths.js';
import { reverseZone } from './reverse-zone.js';

export type DhcpIp = NetworkIp & { readonly dhcp: Dhcp };

export const isIpv6 = (ip: Pick<NetworkIp, 'address'>): boolean => ip.address.includes(':');
/** Whether addresses are lent there. */
export const lends = (ip: NetworkIp): ip is DhcpIp =>
  ip.dhcp !== undefined && ip.dhcp.ranges.length + ip.dhcp.hosts.length > 0;

/** The two places of a network where addresses are lent: IPv4 first. Throws when there are more. */
export function lendingIps(network: Network): readonly DhcpIp[] {
  const all = network.ips.filter(lends);
  const ipv4 = all.filter((ip) => !isIpv6(ip));
  const ipv6 = all.filter(isIpv6);
  if (ipv4.length > 1)
    throw networkError('CONFIG_UNSUPPORTED', 'For IPv4, multiple DHCP definitions cannot be specified.');
  if (ipv6.length > 1)
    throw networkError('CONFIG_UNSUPPORTED', 'For IPv6, multiple DHCP definitions cannot be specified.');
  return [...ipv4, ...ipv6];
}

/** dnsmasq's configuration for a network, as libvirt writes it. */
export function dnsmasqConfig(
  network: Network,
  paths: Partial<DnsmasqPaths> & Pick<DnsmasqPaths, 'hosts' | 'names'>,
): string {
  const lending = lendingIps(network);
  const withDns = network.dns?.enable !== false;
  const lines = [
    ...header(network.name),
    'strict-order',
    ...(withDns ? [] : ['port=0']),
    ...(withDns ? forwarderLines(network.dns?.forwarders ?? []) : []),
    ...domainLines(network),
    ...(withDns ? localLines(network) : []),
    ...(paths.pid === undefined ? [] : [`pid-file=${paths.pid}`]),
    'except-interface=lo',
    'bind-dynamic',
    `interface=${network.bridge?.name ?? ''}`,
    ...(network.forward === undefined ? isolatedLines : []),
    ...(withDns ? recordLines(network) : []),
    ...network.ips.flatMap(({ tftp }) => (tftp === undefined ? [] : ['enable-tftp', `tftp-root=${tftp}`])),
    ...lending.flatMap(dhcpLines),
    ...leaseLimit(lending),
    ...(lending.length > 0 ? [`dhcp-hostsfile=${paths.hosts}`] : []),
    ...(withDns ? [`addn-hosts=${paths.names}`] : []),
    ...(network.mtu === undefined ? [] : [`dhcp-option=option:mtu,${network.mtu.size}`]),
    ...advertisingLines(network),
    ...optionLines(network),
  ];
  return joinLines(lines);
}

/** One text of lines; what would make two of one is refused, as it could make dnsmasq do anything. */
export function joinLines(lines: readonly string[]): string {
  const broken = lines.find((line) => /[\r\n]/.test(line));
  if (broken !== undefined)
    throw networkError(
      'CONFIG_UNSUPPORTED',
      `dnsmasq setting '${broken.split(/[=,\s]/)[0]}' must not contain line breaks`,
    );
  return lines.map((line) => `${line}\n`).join('');
}

const header = (name: string): readonly string[] => [
  '##WARNING:  THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE',
  '##OVERWRITTEN AND LOST.  Changes to this configuration should be made using:',
  `##    virsh net-edit ${name}`,
  '## or other application using the libvirt API.',
  '##',
  '## dnsmasq conf file created by libvirt',
];

/** Without a way out there is no default route to tell of, and no question may leave the host. */
const isolatedLines = ['dhcp-option=3', 'no-resolv', 'ra-param=*,0,0'];

function forwarderLines(forwarders: readonly DnsForwarder[]): readonly string[] {
  const lines = forwarders.map(
    ({ domain, addr }) => `server=${domain === undefined ? '' : `/${domain}/`}${addr ?? '#'}`,
  );
  const catchesAll = forwarders.some(({ domain, addr }) => domain === undefined && addr !== undefined);
  return catchesAll ? [...lines, 'no-resolv'] : lines;
}

function domainLines({ domain }: Network): readonly string[] {
  if (domain?.name === undefined) return [];
  const local = domain.localOnly === true ? [`local=/${domain.name}/`] : [];
  return [...local, `domain=${domain.name}`, 'expand-hosts'];
}

function localLines(network: Network): readonly string[] {
  const zones = network.ips
    .filter(({ localPtr }) => localPtr === true)
    .map((ip) => `local=/${reverseZone(ip, network.name)}/`);
  const plain = network.dns?.forwardPlainNames === false ? ['domain-needed', 'local=//'] : [];
  return [...zones, ...plain];
}

function recordLines({ dns }: Network): readonly string[] {
  const txts = (dns?.txts ?? []).map(({ name, value }) => `txt-record=${name},${value ?? ''}`);
  return [...txts, ...(dns?.srvs ?? []).map(srvLine)];
}

function srvLine({ service, protocol, domain, target, port, priority, weight }: DnsSrv): string {
  const name = `srv-host=_${service}._${protocol}${domain === undefined ? '' : `.${domain}`}`;
  if (target === undefined || target === '.') return name;
  const numbers = [port, priority, weight];
  const last = numbers.findLastIndex((number) => number !== undefined && number !== 0);
  const shown = numbers.slice(0, last + 1).map((number, index) => number ?? (index === 0 ? 1 : 0));
  return [name, target, ...shown].join(',');
}

/** `1h`, `infinite`. */
export function leaseTime(lease: LeaseTime | undefined): string | undefined {
  if (lease === undefined) return undefined;
  return lease.expiry === 0 ? 'infinite' : `${lease.expiry}${lease.unit[0]}`;
}

function dhcpLines(ip: DhcpIp): readonly string[] {
  const { ranges, hosts, bootp } = ip.dhcp;
  const width = isIpv6(ip) ? String(prefixOf(ip)) : formatIpAddress(prefixNetmask(prefixOf(ip)));
  const lines = ranges.map(({ start, end, lease }) =>
    ['dhcp-range=' + start, end, width, ...present(leaseTime(lease))].join(','),
  );
  if (ranges.length === 0 && hosts.length > 0) lines.push(`dhcp-range=${ip.address},static${isIpv6(ip) ? ',64' : ''}`);
  if (isIpv6(ip)) return lines;
  lines.push('dhcp-no-override', 'dhcp-authoritative');
  if (bootp?.file !== undefined)
    lines.push(`dhcp-boot=${bootp.file}${bootp.server === undefined ? '' : `,,${bootp.server}`}`);
  return lines;
}

const present = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

function prefixOf(ip: NetworkIp): number {
  const prefix = networkIpPrefix(ip);
  if (prefix === undefined) throw networkError('INTERNAL_ERROR', `bridge '${ip.address}' has an invalid prefix`);
  return prefix;
}

function leaseLimit(lending: readonly DhcpIp[]): readonly string[] {
  const counts = lending.flatMap((ip) => ip.dhcp.ranges.map(({ start, end }) => countOf(start, end)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? [`dhcp-lease-max=${total}`] : [];
}

function countOf(start: string, end: string): number {
  const [first, last] = [parseIpAddress(start), parseIpAddress(end)];
  return first === undefined || last === undefined ? 0 : checkAddressRange(first, last);
}

/** With DHCP for IPv6 guests are told to ask; otherwise each prefix is announced for them to choose an address in. */
function advertisingLines({ ips }: Network): readonly string[] {
  const ipv6 = ips.filter(isIpv6);
  if (ipv6.some(lends)) return ['enable-ra'];
  return ipv6.map(({ address }) => `dhcp-range=${address},ra-only`);
}

function optionLines({ extensions }: Network): readonly string[] {
  const options = (extensions?.['dnsmasq'] as DnsmasqOptions | undefined)?.options ?? [];
  return options.map(({ value }) => value);
}
