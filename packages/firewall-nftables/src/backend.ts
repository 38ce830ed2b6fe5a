import { type Commands, type FirewallBackend, type Logger, Turns } from '@virtkit/core';
import { checksumCommands, ruleCommand, tableCommands, tableName } from './commands.js';
import { type InstalledRule, ownerComment, ownerOf, parseRuleset } from './ruleset.js';
import { networkRules, type NetworkRules, type Rule, type RuleFamily } from './rules.js';

const families: readonly RuleFamily[] = ['ip', 'ip6'];

/** Rules of networks in a table of nftables of their own; every change is one transaction. */
export class NftablesFirewall implements FirewallBackend {
  readonly #commands: Commands;
  readonly #logger: Logger;
  readonly #turns = new Turns();

  constructor(commands: Commands, logger: Logger) {
    this.#commands = commands;
    this.#logger = logger;
  }

  async unavailable(signal: AbortSignal): Promise<string | undefined> {
    if ((await this.#commands.find('nft')) === undefined) return "cannot find 'nft' (install it: apt install nftables)";
    const result = await this.#commands.run('nft', ['list', 'tables'], { signal });
    return result.code === 0 ? undefined : result.stderr.trim();
  }

  apply(network: NetworkRules, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const rules = networkRules(network);
      const needed = families.filter((family) => rules.some((rule) => rule.family === family));
      const installed = await this.#installed(signal);
      const lines = [
        ...removalLines(owned(installed, network.name)),
        ...needed.flatMap((family) => this.#tableLines(family, installed)),
        ...rules.map((rule) => ruleLine(rule, network.name)),
      ];
      await this.#transaction(lines, signal);
      if (rules.length > 0) await this.#completeChecksums(network.bridge, signal);
    });
  }

  remove(network: string, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const installed = await this.#installed(signal);
      const others = installed.some((rule) => ownerOf(rule) !== undefined && ownerOf(rule) !== network);
      const families = new Set(installed.map(({ family }) => family));
      const lines = others ? removalLines(owned(installed, network)) : [...families].map(dropTable);
      await this.#transaction(lines, signal);
    });
  }

  async owners(signal: AbortSignal): Promise<readonly string[]> {
    const owners = (await this.#installed(signal)).map(ownerOf).filter((owner) => owner !== undefined);
    return [...new Set(owners)];
  }

  async #installed(signal: AbortSignal): Promise<readonly InstalledRule[]> {
    const rules: InstalledRule[] = [];
    for (const family of families) {
      const result = await this.#commands.run('nft', ['-j', '-a', 'list', 'table', family, tableName], { signal });
      if (result.code === 0) rules.push(...parseRuleset(result.stdout));
    }
    return rules;
  }

  #tableLines(family: RuleFamily, installed: readonly InstalledRule[]): readonly string[] {
    const there = installed.some((rule) => rule.family === family && rule.chain === 'forward');
    return there ? [] : tableCommands(family).map((words) => words.join(' '));
  }

  async #transaction(lines: readonly string[], signal: AbortSignal): Promise<void> {
    if (lines.length > 0) await this.#commands.expect('nft', ['-f', '-'], { input: `${lines.join('\n')}\n`, signal });
  }

  async #completeChecksums(bridge: string, signal: AbortSignal): Promise<void> {
    const [query = [], queue = [], filter = []] = checksumCommands(bridge);
    if ((await this.#commands.find('tc')) === undefined) return;
    const found = await this.#commands.run('tc', query, { signal });
    const filters = await this.#commands.run('tc', ['filter', 'show', 'dev', bridge], { signal });
    const missing = [
      ...(found.stdout.includes('qdisc htb 1:') ? [] : [queue]),
      ...(filters.stdout.includes('csum') ? [] : [filter]),
    ];
    for (const words of missing) {
      const { code, stderr } = await this.#commands.run('tc', words, { signal });
      if (code === 0) continue;
      this.#logger.debug('cannot complete checksums of DHCP answers', { bridge, reason: stderr.trim() });
      return;
    }
  }

  /** Handles read for one change are no longer right after another. */
  #inTurn<T>(body: () => Promise<T>): Promise<T> {
    return this.#turns.run('rules', body);
  }
}

const owned = (rules: readonly InstalledRule[], network: string): readonly InstalledRule[] =>
  rules.filter((rule) => ownerOf(rule) === network);

const removalLines = (rules: readonly InstalledRule[]): readonly string[] =>
  rules.map(({ family, chain, handle }) => `delete rule ${family} ${tableName} ${chain} handle ${handle}`);

/** With the last network goes the table. */
const dropTable = (family: string): string => `delete table ${family} ${tableName}`;

const ruleLine = (rule: Rule, network: string): string =>
  `${ruleCommand(rule).join(' ')} comment "${ownerComment(network)}"`;
