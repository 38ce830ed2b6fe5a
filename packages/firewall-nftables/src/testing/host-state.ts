import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** What a network leaves its traces in, read by other means than the code under test. */
export interface HostState {
  readonly bridges: readonly string[];
  /** Networks with a running dnsmasq, by the name of its configuration. */
  readonly servers: readonly string[];
  /** Owners of rules. */
  readonly owners: readonly string[];
}

export function hostState(): HostState {
  const links = JSON.parse(execFileSync('ip', ['-json', '-details', 'link'], { encoding: 'utf8' })) as readonly {
    readonly ifname: string;
    readonly linkinfo?: { readonly info_kind?: string };
  }[];
  const rules = spawnSync('nft', ['list', 'ruleset'], { encoding: 'utf8' }).stdout;
  return {
    bridges: links.filter(({ linkinfo }) => linkinfo?.info_kind === 'bridge').map(({ ifname }) => ifname),
    servers: readdirSync('/proc').flatMap(serverOf).sort(),
    owners: [...new Set([...rules.matchAll(/comment "virtkit ([^"]+)"/g)].map(([, owner = '']) => owner))].sort(),
  };
}

function serverOf(pid: string): readonly string[] {
  if (!/^\d+$/.test(pid)) return [];
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const config = words.find((word) => word.startsWith('--conf-file='));
    const name = /([^/]+)\.conf$/.exec(config ?? '')?.[1];
    return words[0]?.endsWith('dnsmasq') === true && name !== undefined ? [name] : [];
  } catch {
    return [];
  }
}

export const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });
