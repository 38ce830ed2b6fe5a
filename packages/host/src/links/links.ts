import { ignoring } from '@virtkit/schema';
import { readdir, readFile } from 'node:fs/promises';
import type { Commands } from '@virtkit/core';
import { hostError } from '../errors.js';
import { parseLinks, type LinkWithAddresses } from './link.js';
import { parseNeighbours } from './neighbours.js';
import { type HostRoute, parseRoutes } from './routes.js';
import { parseLinkStatistics, type LinkStatistics } from './statistics.js';

/** Bytes a device name may have. */
export const longestLinkName = 15;

export interface BridgeOptions {
  readonly mac?: string;
  readonly mtu?: number;
  /** Spanning tree. */
  readonly stp: boolean;
  /** Seconds. */
  readonly forwardDelay: number;
}
export interface TapOptions {
  /** Who may open it without privileges. */
  readonly owner?: number;
  readonly group?: number;
  readonly multiQueue?: boolean;
  readonly vnetHeader?: boolean;
  readonly mac?: string;
  readonly mtu?: number;
  readonly master?: string;
  readonly up?: boolean;
}

/** Network devices of this host. Every change is one call of `ip`, several lines at once. */
export interface Links {
  list(): Promise<readonly LinkWithAddresses[]>;
  find(name: string): Promise<LinkWithAddresses | undefined>;
  createBridge(name: string, options: BridgeOptions): Promise<void>;
  /** Persistent: it stays when the program that used it ends. */
  createTap(name: string, options: TapOptions): Promise<void>;
  setMaster(name: string, master: string | undefined): Promise<void>;
  setUp(name: string, up: boolean): Promise<void>;
  /** No error, and no work, when there is none. */
  delete(name: string): Promise<void>;
  /** Lines for `ip -batch`, done in order; stops at the first that fails and says why. */
  batch(lines: readonly string[]): Promise<void>;
  statistics(): Promise<ReadonlyMap<string, LinkStatistics>>;
  /** Of all devices, without asking a program. */
  names(): Promise<ReadonlySet<string>>;
  /** Names of the virtual functions a card was split into. */
  virtualFunctions(name: string): Promise<readonly string[]>;
  /** IPv4 addresses that answered this host, by MAC. */
  neighbours(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Where this host sends IPv4 packets. */
  routes(): Promise<readonly HostRoute[]>;
}

/** `Links` by iproute2. */
export class IpLinks implements Links {
  readonly #commands: Commands;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  async list(): Promise<readonly LinkWithAddresses[]> {
    return parseLinks(await this.#commands.expect('ip', ['-json', '-details', 'address', 'show']));
  }

  async find(name: string): Promise<LinkWithAddresses | undefined> {
    checkName(name);
    const result = await this.#commands.run('ip', ['-json', '-details', 'address', 'show', 'dev', name]);
    return result.code === 0 ? parseLinks(result.stdout)[0] : undefined;
  }

  async createBridge(name: string, options: BridgeOptions): Promise<void> {
    checkName(name);
    const { mac, mtu, stp, forwardDelay } = options;
    const address = mac === undefined ? '' : `address ${mac} `;
    const size = mtu === undefined ? '' : `mtu ${mtu} `;
    const tuning = `stp_state ${stp ? 1 : 0} forward_delay ${Math.round(forwardDelay * 100)}`;
    try {
      await this.batch([`link add name ${name} ${address}${size}type bridge ${tuning}`]);
    } catch (cause) {
      const words = /RTNETLINK answers: (.*)/.exec(String(cause))?.[1];
      if (words === undefined) throw cause;
      throw hostError('SYSTEM_ERROR', `error creating bridge interface ${name}: ${words}`, { cause });
    }
  }

  async createTap(name: string, options: TapOptions): Promise<void> {
    checkName(name);
    await this.batch([`tuntap add dev ${name} ${tapWords(options)}`]);
    try {
      const lines = tapSettings(name, options);
      if (lines.length > 0) await this.batch(lines);
    } catch (error) {
      await this.delete(name);
      throw error;
    }
  }

  setMaster(name: string, master: string | undefined): Promise<void> {
    checkName(name);
    return this.batch([`link set dev ${name} ${master === undefined ? 'nomaster' : `master ${checkName(master)}`}`]);
  }

  setUp(name: string, up: boolean): Promise<void> {
    return this.batch([`link set dev ${checkName(name)} ${up ? 'up' : 'down'}`]);
  }

  async delete(name: string): Promise<void> {
    checkName(name);
    if (!(await this.names()).has(name)) return;
    const result = await this.#commands.run('ip', ['link', 'delete', 'dev', name]);
    if (result.code !== 0 && (await this.find(name)) !== undefined)
      throw hostError('INTERNAL_ERROR', `cannot delete device '${name}': ${result.stderr.trim()}`);
  }

  async batch(lines: readonly string[]): Promise<void> {
    const result = await this.#commands.run('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n` });
    if (result.code !== 0) throw hostError('INTERNAL_ERROR', batchFailure(lines, result.stderr));
  }

  async statistics(): Promise<ReadonlyMap<string, LinkStatistics>> {
    return parseLinkStatistics(await readFile('/proc/net/dev', 'utf8'));
  }

  async names(): Promise<ReadonlySet<string>> {
    return new Set(await readdir('/sys/class/net').catch(() => []));
  }

  async virtualFunctions(name: string): Promise<readonly string[]> {
    checkName(name);
    const entries = await readdir(`/sys/class/net/${name}/device`).catch(ignoring('ENOENT', 'ENOTDIR'));
    return (entries ?? []).filter((entry) => /^virtfn\d+$/.test(entry));
  }

  async neighbours(): Promise<ReadonlyMap<string, readonly string[]>> {
    return parseNeighbours(await readFile('/proc/net/arp', 'latin1').catch(() => ''));
  }

  async routes(): Promise<readonly HostRoute[]> {
    return parseRoutes(await readFile('/proc/net/route', 'latin1').catch(() => ''));
  }
}

/** Throws unless the kernel would take it as a device's name; returns it. */
export function checkName(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[\s/:%]/.test(name) || Buffer.byteLength(name) > longestLinkName)
    throw hostError('INVALID_ARG', `'${name}' is not a valid network device name`);
  return name;
}

/** The first name `PREFIXn` that no device in `taken` has. */
export function freeLinkName(prefix: string, taken: ReadonlySet<string>, first = 0): string {
  for (let number = first; ; number += 1) {
    const name = `${prefix}${number}`;
    if (!taken.has(name)) return name;
  }
}

function tapWords(options: TapOptions): string {
  const words = ['mode tap'];
  if (options.owner !== undefined) words.push(`user ${options.owner}`);
  if (options.group !== undefined) words.push(`group ${options.group}`);
  if (options.vnetHeader) words.push('vnet_hdr');
  if (options.multiQueue) words.push('multi_queue');
  return words.join(' ');
}

/** Lines that plug a tap in and take it into use. */
export function tapSettings(name: string, options: TapOptions): string[] {
  const words: string[] = [];
  if (options.mac !== undefined) words.push(`address ${options.mac}`);
  if (options.mtu !== undefined) words.push(`mtu ${options.mtu}`);
  if (options.master !== undefined) words.push(`master ${checkName(options.master)}`);
  if (options.up) words.push('up');
  return words.map((word) => `link set dev ${name} ${word}`);
}

/** `ip` names the number of the line it stopped at, unless that was wrong in itself. */
function batchFailure(lines: readonly string[], stderr: string): string {
  const number = Number(/Command failed -:(\d+)/.exec(stderr)?.[1] ?? 0);
  const words = stderr.replace(/^Command failed.*$/m, '').trim();
  return `ip ${lines[number - 1] ?? lines.join('; ')} failed: ${words}`;
}
