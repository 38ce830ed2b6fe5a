import type { Pieces } from '@virtkit/xml';
import { parseIpAddress, type IpAddress } from '../ip-address.js';
import type { NetworkIp } from '../ip.js';
import { canonical, requireAddress } from './address.js';
import { checkDhcp } from './dhcp.js';
import { refuse, unsupported } from './error.js';

/** Checks one `<ip>` and brings its addresses into canonical form. */
export function* checkIp(ip: NetworkIp, network: string): Pieces<void> {
  if (ip.address === '') refuse(`Missing required address attribute in network '${network}'`);
  const text = ip.address;
  const address = requireAddress(text, () => refuse(`Invalid address '${text}' in network '${network}'`));
  ip.address = canonical(address);
  const mask = ip.netmask;
  if (mask !== undefined)
    ip.netmask = canonical(requireAddress(mask, () => refuse(`Invalid netmask '${mask}' in network '${network}'`)));
  if (ip.family === undefined || ip.family === 'ipv4') checkIpv4(ip, address, network);
  else if (ip.family === 'ipv6') checkIpv6(ip, address, network);
  else refuse(`Unrecognized family '${ip.family}' in network '${network}'`);
  if (ip.tftp !== undefined && address.family === 'ipv6')
    unsupported(`Unsupported <tftp> element in an IPv6 element in network '${network}'`);
  if (ip.dhcp !== undefined) yield* checkDhcp(ip.dhcp, ip, network);
}

function checkIpv4(ip: NetworkIp, address: IpAddress, network: string): void {
  if (address.family !== 'ipv4')
    unsupported(
      `${ip.family === undefined ? 'no' : 'IPv4'} family specified for non-IPv4 address '${ip.address}' in network '${network}'`,
    );
  if (ip.netmask !== undefined) {
    if (parseIpAddress(ip.netmask)?.family !== 'ipv4')
      unsupported(
        `Invalid netmask '${ip.netmask}' for address '${ip.address}' in network '${network}' (both must be IPv4)`,
      );
    if (ip.prefix !== undefined) unsupported(`Network '${network}' IP address cannot have both a prefix and a netmask`);
  } else if (ip.prefix !== undefined && ip.prefix > 32)
    unsupported(`Invalid IPv4 prefix '${ip.prefix}' in network '${network}'`);
}

function checkIpv6(ip: NetworkIp, address: IpAddress, network: string): void {
  if (address.family !== 'ipv6')
    unsupported(`Family 'ipv6' specified for non-IPv6 address '${ip.address}' in network '${network}'`);
  if (ip.netmask !== undefined)
    unsupported(`netmask not allowed for IPv6 address '${ip.address}' in network '${network}'`);
  if (ip.prefix !== undefined && ip.prefix > 128)
    unsupported(`Invalid IPv6 prefix '${ip.prefix}' in network '${network}'`);
}
