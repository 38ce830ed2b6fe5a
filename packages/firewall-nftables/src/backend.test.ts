import type { CommandOptions, CommandResult, Commands, Logger } from '@virtkit/core';
import { describe, expect, test } from 'vitest';
import { NftablesFirewall } from './backend.js';
import type { NetworkRules } from './rules.js';

const quiet = () => undefined;
const logger: Logger = { debug: quiet, info: quiet, warning: quiet, error: quiet, child: () => logger };
const signal = new AbortController().signal;

class FakeNft implements Commands {
  readonly scripts: string[] = [];
  rules: readonly { readonly family: string; readonly [key: string]: unknown }[] = [];

  async run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const result = { code: 0, signal: null, stdout: '', stderr: '' };
    if (program === 'tc') return { ...result, code: 2 };
    if (args[0] === '-f') this.scripts.push(options.input ?? '');
    const family = args[4];
    const rules = this.rules.filter((rule) => rule.family === family);
    if (args[0] === '-j') return { ...result, stdout: JSON.stringify({ nftables: rules.map((rule) => ({ rule })) }) };
    return result;
  }
  async expect(program: string, args: readonly string[], options?: CommandOptions): Promise<string> {
    return (await this.run(program, args, options)).stdout;
  }
  async find(program: string): Promise<string> {
    return `/sbin/${program}`;
  }
}

const network: NetworkRules = {
  name: 'uuid-1',
  bridge: 'virbr0',
  mode: 'route',
  forwardDevice: 'eth1',
  subnets: [{ family: 'ipv4', address: '10.0.0.0', prefix: 24, dhcp: true, tftp: false }],
  natIpv6: false,
};

describe('rules of a network', () => {
  test('are put in place in one transaction, each marked with its owner', async () => {
    const nft = new FakeNft();
    await new NftablesFirewall(nft, logger).apply(network, signal);
    expect(nft.scripts).toHaveLength(1);
    expect(nft.scripts[0]).toContain('add table ip virtkit_network\n');
    expect(nft.scripts[0]).toContain(
      'insert rule ip virtkit_network guest_input ip daddr 10.0.0.0/24 iifname eth1 oif virbr0 counter accept comment "virtkit uuid-1"\n',
    );
    expect(nft.scripts[0]).not.toContain('masquerade');
  });

  test('replace what the network had, in the same transaction', async () => {
    const nft = new FakeNft();
    nft.rules = [
      { family: 'ip', chain: 'forward', handle: 1 },
      { family: 'ip', chain: 'guest_cross', handle: 5, comment: 'virtkit uuid-1' },
    ];
    await new NftablesFirewall(nft, logger).apply(network, signal);
    expect(nft.scripts[0]?.startsWith('delete rule ip virtkit_network guest_cross handle 5\ninsert rule')).toBe(true);
  });

  test('go without touching those of others; with the last goes the table', async () => {
    const nft = new FakeNft();
    const own = { family: 'ip', chain: 'guest_cross', handle: 5, comment: 'virtkit uuid-1' };
    nft.rules = [own, { ...own, handle: 6, comment: 'virtkit uuid-2' }];
    const firewall = new NftablesFirewall(nft, logger);
    expect(await firewall.owners(signal)).toEqual(['uuid-1', 'uuid-2']);
    await firewall.remove('uuid-1', signal);
    expect(nft.scripts.at(-1)).toContain('delete rule ip virtkit_network guest_cross handle 5');
    nft.rules = [own];
    await firewall.remove('uuid-1', signal);
    expect(nft.scripts.at(-1)).toContain('delete table ip virtkit_network');
  });

  test('hide a network behind given addresses and ports', async () => {
    const nft = new FakeNft();
    const nat = {
      ...network,
      mode: 'nat',
      natAddress: { start: '1.2.3.4', end: '1.2.3.9' },
      natPorts: { start: 500, end: 600 },
    } as const;
    await new NftablesFirewall(nft, logger).apply(nat, signal);
    expect(nft.scripts[0]).toContain('counter snat to 1.2.3.4-1.2.3.9 comment');
    expect(nft.scripts[0]).toContain('counter snat to 1.2.3.4-1.2.3.9:500-600 comment');
  });
});
