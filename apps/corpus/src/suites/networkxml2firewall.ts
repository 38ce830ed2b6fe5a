import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumCommands, networkRules, ruleCommand, tableCommands } from '@virtkit/firewall-nftables';
import { firewallOf } from '@virtkit/network';
import { network } from '@virtkit/schema';
import { parseElement } from '@virtkit/xml';
import { wrapCommand } from '../command-line.js';
import { Difference, expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

const table = 'libvirt_network';

/** The rules of a network, as commands; only for nftables. */
export const run: RunCase = async (entry, corpusDir) => {
  if (entry.params['backend'] !== 'nftables') throw new Difference('there is no backend for iptables');
  const definition = parseElement(network, readInput(entry, corpusDir, 'xml'));
  const rules = networkRules(firewallOf(definition));
  const commands = [
    ...(rules.length > 0 ? checksumCommands(definition.bridge?.name ?? '').map((words) => ['tc', ...words]) : []),
    ...rules.map((rule) => ['nft', '-ae', ...ruleCommand(rule, table)]),
  ];
  expectText(commands.map(wrapped).join(''), readExpected(entry, corpusDir, 'rules'), { joinLines: false });
  checkTable(entry.support ?? [], corpusDir);
};

const wrapped = (argv: readonly string[]): string => wrapCommand({ environment: [], argv });

/** The global chains: those of libvirt without its question whether the table is there. */
function checkTable(support: readonly string[], corpusDir: string): void {
  for (const path of support) {
    const expected = readFileSync(join(corpusDir, path), 'utf8');
    const ours = (['ip', 'ip6'] as const)
      .flatMap((family) => [['list', 'table', family, table], ...tableCommands(family, table)])
      .map((words) => wrapped(['nft', ...words]));
    expectText(ours.join(''), expected, { joinLines: false });
  }
}
