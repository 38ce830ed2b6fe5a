import type { Rule, RuleFamily } from './rules.js';

/** Name of the table all networks of this host share. */
export const tableName = 'virtkit_network';

const forwardHook = '{ type filter hook forward priority 0; policy accept; }';
const natHook = '{ type nat hook postrouting priority 100; policy accept; }';

/** Arguments of `nft` that make table and chains of a family; adding what is there changes nothing, inserting does. */
export function tableCommands(family: RuleFamily, table = tableName): readonly (readonly string[])[] {
  const jumps = ['guest_output', 'guest_input', 'guest_cross'].flatMap((chain) => [
    ['add', 'chain', family, table, chain],
    ['insert', 'rule', family, table, 'forward', 'counter', 'jump', chain],
  ]);
  return [
    ['add', 'table', family, table],
    ['add', 'chain', family, table, 'forward', forwardHook],
    ...jumps,
    ['add', 'chain', family, table, 'guest_nat', natHook],
  ];
}

/** Arguments of `nft` for one rule. */
export const ruleCommand = ({ family, chain, words }: Rule, table = tableName): readonly string[] => [
  'insert',
  'rule',
  family,
  table,
  chain,
  ...words,
];

/**
 * Arguments of `tc` that complete the checksum of DHCP answers: guests whose own stack does not see that it was left to
 * a network card would drop them. The first only asks whether the queue is there.
 */
export const checksumCommands = (bridge: string): readonly (readonly string[])[] => [
  ['qdisc', 'show', 'dev', bridge, 'handle', '1:'],
  ['qdisc', 'add', 'dev', bridge, 'root', 'handle', '1:', 'htb', 'default', '2'],
  [
    'filter',
    'add',
    'dev',
    bridge,
    'prio',
    '2',
    'protocol',
    'ip',
    'parent',
    '1:',
    'u32',
    'match',
    'ip',
    'dport',
    '68',
    'ffff',
    'action',
    'csum',
    'ip',
    'and',
    'udp',
  ],
];
