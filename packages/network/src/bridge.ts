import { type Links, setKernelParameter } from '@virtkit/host';
import {
  formatIpAddress,
  type Network,
  networkAddress,
  type NetworkIp,
  networkIpPrefix,
  parseIpAddress,
  type NetworkRoute,
} from '@virtkit/schema';
import { isIpv6 } from './dnsmasq/config.js';
import { networkError } from './errors.js';

/** Makes the bridge of a network, without addresses and down. */
export async function createBridge(network: Network, links: Links): Promise<void> {
  const { bridge, mac, mtu } = network;
  const name = bridgeOf(network);
  await links.createBridge(name, {
    stp: bridge?.stp !== false,
    forwardDelay: bridge?.delay ?? 0,
    ...(mac !== undefined && { mac }),
    ...(mtu !== undefined && { mtu: mtu.size }),
  });
  await setIpv6(network, name);
}

/** Gives the bridge its addresses and routes and takes it into use. */
export async function configureBridge(network: Network, links: Links): Promise<void> {
  const name = bridgeOf(network);
  await links.batch([
    ...network.ips.map((ip) => addressLine(ip, name)),
    `link set dev ${name} up`,
    ...network.routes.map((route) => routeLine(route, name)),
  ]);
}

export function bridgeOf(network: Network): string {
  const name = network.bridge?.name;
  if (name === undefined) throw networkError('INTERNAL_ERROR', `network '${network.name}' has no bridge name defined`);
  return name;
}

function addressLine(ip: NetworkIp, bridge: string): string {
  const prefix = networkIpPrefix(ip);
  if (prefix === undefined)
    throw networkError('INTERNAL_ERROR', `bridge '${bridge}' has an invalid netmask or IP address`);
  return `address add ${ip.address}/${prefix} ${isIpv6(ip) ? '' : 'broadcast + '}dev ${bridge}${isIpv6(ip) ? ' nodad' : ''}`;
}

function routeLine(route: NetworkRoute, bridge: string): string {
  const address = parseIpAddress(route.address);
  const prefix = routePrefix(route);
  if (address === undefined || prefix === undefined)
    throw networkError(
      'INTERNAL_ERROR',
      `network '${bridge}' has an invalid netmask or IP address in route definition`,
    );
  const metric = route.metric === undefined ? '' : ` metric ${route.metric}`;
  return `route add ${formatIpAddress(networkAddress(address, prefix))}/${prefix} via ${route.gateway} dev ${bridge} proto static${metric}`;
}

/** Without mask and prefix the address says it; all zeros is every address. */
function routePrefix({ address, netmask, prefix }: NetworkRoute): number | undefined {
  if (prefix !== undefined) return prefix;
  if (netmask === undefined && /^[0.:]+$/.test(address)) return 0;
  return networkIpPrefix({ address, netmask, prefix: undefined });
}

/** The host itself learns no addresses from guests; where a network has no IPv6 the bridge has none either. */
async function setIpv6(network: Network, bridge: string): Promise<void> {
  const wanted = network.ipv6 === true || network.ips.some(isIpv6);
  await setKernelParameter(`net/ipv6/conf/${bridge}/disable_ipv6`, wanted ? '0' : '1');
  if (!wanted) return;
  await setKernelParameter(`net/ipv6/conf/${bridge}/accept_ra`, '0');
  await setKernelParameter(`net/ipv6/conf/${bridge}/autoconf`, '0');
}

/** Lets the host pass packets on between networks. */
export async function enableForwarding(network: Network): Promise<void> {
  if (network.forward === undefined) return;
  if (network.ips.some((ip) => !isIpv6(ip))) await setKernelParameter('net/ipv4/ip_forward', '1');
  if (network.ips.some(isIpv6)) await setKernelParameter('net/ipv6/conf/all/forwarding', '1');
}
