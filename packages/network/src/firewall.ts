import type { NetworkFirewall } from '@virtkit/core';
import {
  formatIpAddress,
  type Network,
  type NetworkIp,
  networkAddress,
  networkIpPrefix,
  parseIpAddress,
} from '@virtkit/schema';
import { networkError } from './errors.js';
import { isIpv6, lends } from './dnsmasq/config.js';

/** What a network wants of the packet filter. */
export interface FirewallRequest extends NetworkFirewall {
  /** Guests may use IPv6 among themselves although the network has no such address. */
  readonly guestIpv6: boolean;
}

/** `owner` is what the backend knows the network by: its uuid, as names may be longer than a rule's comment. */
export function firewallOf(network: Network, owner = network.uuid ?? network.name): FirewallRequest {
  const { forward, bridge } = network;
  const mode = forward?.mode;
  const device = forward?.interfaces[0]?.dev;
  const nat = forward?.nat;
  return {
    name: owner,
    bridge: bridge?.name ?? '',
    mode: mode === 'nat' || mode === 'route' || mode === 'open' ? mode : 'isolated',
    subnets: network.ips.map((ip) => subnetOf(ip, network)),
    natIpv6: nat?.ipv6 === true,
    guestIpv6: network.ipv6 === true,
    ...(device !== undefined && { forwardDevice: device }),
    ...(nat?.address !== undefined && { natAddress: nat.address }),
    ...(nat?.port !== undefined && { natPorts: nat.port }),
  };
}

function subnetOf(ip: NetworkIp, network: Network): NetworkFirewall['subnets'][number] {
  const address = parseIpAddress(ip.address);
  const prefix = networkIpPrefix(ip);
  if (address === undefined || prefix === undefined)
    throw networkError('INTERNAL_ERROR', `Invalid prefix or netmask for '${network.bridge?.name ?? network.name}'`);
  return {
    family: isIpv6(ip) ? 'ipv6' : 'ipv4',
    address: formatIpAddress(networkAddress(address, prefix)),
    prefix,
    dhcp: lends(ip),
    tftp: ip.tftp !== undefined,
  };
}
