import { networkAddress, netmaskPrefix, type IpAddress, parseIpAddress } from '../ip-address.js';
import type { NetworkIp } from '../ip.js';
import type { NetworkRoute } from '../route.js';
import { canonical, requireAddress } from './address.js';
import { prefixOf } from './dhcp.js';
import { refuse, unsupported } from './error.js';

/** Checks a static route and brings its addresses into canonical form. */
export function checkRoute(route: NetworkRoute, ips: readonly NetworkIp[], network: string): void {
  const where = 'in route definition';
  if (route.address === '') refuse(`${network}: Missing required address attribute ${where}`);
  if (route.gateway === '') refuse(`${network}: Missing required gateway attribute ${where}`);
  const address = requireAddress(route.address, () =>
    refuse(`${network}: Bad network address '${route.address}' ${where}`),
  );
  const gateway = requireAddress(route.gateway, () =>
    refuse(`${network}: Bad gateway address '${route.gateway}' ${where}`),
  );
  if (route.family === undefined || route.family === 'ipv4') checkIpv4(route, address, gateway, network);
  else if (route.family === 'ipv6') checkIpv6(route, address, gateway, network);
  else refuse(`${network}: Unrecognized family '${route.family}' ${where}`);
  route.address = canonical(address);
  route.gateway = canonical(gateway);
  checkBits(route, address, network);
  checkReachable(gateway, ips, network);
}

function checkIpv4(route: NetworkRoute, address: IpAddress, gateway: IpAddress, network: string): void {
  const where = 'in route definition';
  const family = route.family === undefined ? 'No family' : 'IPv4 family';
  if (address.family !== 'ipv4')
    refuse(`${network}: ${family} specified for non-IPv4 address '${route.address}' ${where}`);
  if (gateway.family !== 'ipv4')
    refuse(`${network}: ${family} specified for non-IPv4 gateway '${route.gateway}' ${where}`);
  if (route.netmask !== undefined) {
    const text = route.netmask;
    const netmask = requireAddress(text, () => refuse(`${network}: Bad netmask address '${text}' ${where}`));
    if (netmask.family !== 'ipv4')
      refuse(`${network}: Invalid netmask '${text}' for address '${route.address}' (both must be IPv4)`);
    if (route.prefix !== undefined) refuse(`${network}: Route definition cannot have both a prefix and a netmask`);
    route.netmask = canonical(netmask);
  }
  if ((route.prefix ?? 0) > 32) refuse(`${network}: Invalid prefix ${route.prefix} specified ${where}, must be 0 - 32`);
}

function checkIpv6(route: NetworkRoute, address: IpAddress, gateway: IpAddress, network: string): void {
  const where = 'in route definition';
  if (address.family !== 'ipv6')
    refuse(`${network}: ipv6 family specified for non-IPv6 address '${route.address}' ${where}`);
  if (route.netmask !== undefined)
    refuse(`${network}: Specifying netmask invalid for IPv6 address '${route.address}' ${where}`);
  if (gateway.family !== 'ipv6')
    refuse(`${network}: ipv6 specified for non-IPv6 gateway address '${route.gateway}' ${where}`);
  if ((route.prefix ?? 0) > 128)
    refuse(`${network}: Invalid prefix ${route.prefix} specified ${where}, must be 0 - 128`);
}

function checkBits(route: NetworkRoute, address: IpAddress, network: string): void {
  const netmask = route.netmask === undefined ? undefined : parseIpAddress(route.netmask);
  const base =
    netmask === undefined
      ? networkAddress(address, route.prefix ?? 0).value
      : netmaskPrefix(netmask) === undefined
        ? address.value & netmask.value
        : networkAddress(address, netmaskPrefix(netmask) ?? 0).value;
  if (base !== address.value)
    refuse(`${network}: Address '${route.address}' in route definition is not a network address`);
}

/** The gateway must be a neighbour on this network. */
function checkReachable(gateway: IpAddress, ips: readonly NetworkIp[], network: string): void {
  const reachable = ips.some((ip) => {
    const address = parseIpAddress(ip.address);
    const prefix = prefixOf(ip);
    if (address === undefined || prefix === undefined || address.family !== gateway.family) return false;
    return networkAddress(address, prefix).value === networkAddress(gateway, prefix).value;
  });
  if (!reachable)
    unsupported(`unreachable static route gateway '${canonical(gateway)}' specified for network '${network}'`);
}
