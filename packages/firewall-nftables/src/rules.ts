import type { NetworkFirewall } from '@virtkit/core';

export type RuleFamily = 'ip' | 'ip6';
export type RuleChain = 'guest_output' | 'guest_input' | 'guest_cross' | 'guest_nat';
/** One rule; each is put before those that are there already. */
export interface Rule {
  readonly family: RuleFamily;
  readonly chain: RuleChain;
  readonly words: readonly string[];
}

/** `NetworkFirewall` with what only some networks say. */
export interface NetworkRules extends NetworkFirewall {
  /** Guests may use IPv6 among themselves although the network has no such address. */
  readonly guestIpv6?: boolean;
}

/** The rules of a network, in the order they are inserted. `open` networks have none. */
export function networkRules(network: NetworkRules): readonly Rule[] {
  if (network.mode === 'open') return [];
  const ipv6 = network.guestIpv6 === true || network.subnets.some(({ family }) => family === 'ipv6');
  return [
    ...baseRules('ip', network.bridge),
    ...(ipv6 ? baseRules('ip6', network.bridge) : []),
    ...network.subnets.flatMap((subnet) => subnetRules(network, subnet)),
  ];
}

/** Nothing in or out, guests among themselves. */
const baseRules = (family: RuleFamily, bridge: string): readonly Rule[] => [
  { family, chain: 'guest_output', words: ['iif', bridge, 'counter', 'reject'] },
  { family, chain: 'guest_input', words: ['oif', bridge, 'counter', 'reject'] },
  { family, chain: 'guest_cross', words: ['iif', bridge, 'oif', bridge, 'counter', 'accept'] },
];

type Subnet = NetworkFirewall['subnets'][number];

function subnetRules(network: NetworkRules, subnet: Subnet): readonly Rule[] {
  if (network.mode === 'isolated') return [];
  const hidden = network.mode === 'nat' && (subnet.family === 'ipv4' || network.natIpv6);
  return hidden ? natRules(network, subnet) : routeRules(network, subnet);
}

interface Place {
  readonly family: RuleFamily;
  /** `192.168.122.0/24` */
  readonly net: string;
  readonly bridge: string;
  readonly device: string | undefined;
}

const place = (network: NetworkRules, subnet: Subnet): Place => ({
  family: subnet.family === 'ipv4' ? 'ip' : 'ip6',
  net: `${subnet.address}/${subnet.prefix}`,
  bridge: network.bridge,
  device: network.forwardDevice,
});

/** By name: the device may come later than the rule, or go and come back. */
const through = (direction: 'iifname' | 'oifname', device: string | undefined): readonly string[] =>
  device === undefined ? [] : [direction, device];

const allowOut = ({ family, net, bridge, device }: Place): Rule => ({
  family,
  chain: 'guest_output',
  words: [family, 'saddr', net, 'iif', bridge, ...through('oifname', device), 'counter', 'accept'],
});

function routeRules(network: NetworkRules, subnet: Subnet): readonly Rule[] {
  const at = place(network, subnet);
  const { family, net, bridge, device } = at;
  const words = [family, 'daddr', net, ...through('iifname', device), 'oif', bridge, 'counter', 'accept'];
  return [allowOut(at), { family, chain: 'guest_input', words }];
}

/** Destinations nobody answers from: broadcast and multicast. */
const unanswered: Readonly<Record<RuleFamily, readonly string[]>> = {
  ip: ['255.255.255.255/32', '224.0.0.0/24'],
  ip6: ['ff02::/16'],
};

function natRules(network: NetworkRules, subnet: Subnet): readonly Rule[] {
  const at = place(network, subnet);
  const { family, net, bridge, device } = at;
  const replies = ['daddr', net, 'ct', 'state', 'related,established', 'counter', 'accept'];
  const nat = (words: readonly string[]): Rule => ({ family, chain: 'guest_nat', words });
  const leaving = [family, 'saddr', net, family, 'daddr', '!=', net, ...through('oifname', device), 'counter'];
  return [
    allowOut(at),
    { family, chain: 'guest_input', words: [...through('iifname', device), 'oif', bridge, family, ...replies] },
    nat([...leaving, ...hide(network, subnet, false)]),
    nat(['meta', 'l4proto', 'udp', ...leaving, ...hide(network, subnet, true)]),
    nat(['meta', 'l4proto', 'tcp', ...leaving, ...hide(network, subnet, true)]),
    ...unanswered[family].map((to) =>
      nat([family, 'saddr', net, family, 'daddr', to, ...through('oifname', device), 'counter', 'return']),
    ),
  ];
}

const anyPorts = { start: 1024, end: 65_535 };

function hide(network: NetworkRules, subnet: Subnet, withPorts: boolean): readonly string[] {
  const { start, end } = network.natPorts ?? anyPorts;
  const ports = withPorts ? `:${start}-${end}` : '';
  const addresses = subnet.family === 'ipv4' ? network.natAddress : undefined;
  if (addresses !== undefined) return ['snat', 'to', `${addresses.start}-${addresses.end}${ports}`];
  return ports === '' ? ['masquerade'] : ['masquerade', 'to', ports];
}
