import { constants } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Directories, HostServices, Logger } from '@virtkit/core';
import { endProcess, findProcess, findProcesses, isAlive, type ProcessIdentity, sendSignal } from '@virtkit/host';
import type { Network } from '@virtkit/schema';
import { dnsmasqConfig, isIpv6, lends } from './config.js';
import { hostsFile, namesFile } from './hosts.js';
import { type DnsmasqPaths, dnsmasqFolder, dnsmasqPaths, runFolder } from './paths.js';

const fileMode = 0o644;
const folderMode = 0o755;

/** Whether guests of a network need a server for addresses or names. */
function needsDnsmasq(network: Network): boolean {
  if (network.ips.length === 0) return false;
  return network.dns?.enable !== false || network.ips.some((ip) => lends(ip) || isIpv6(ip));
}

/** The DHCP and DNS servers of all networks: one dnsmasq for each, which outlives the daemon. */
export class DnsmasqDaemons {
  readonly #host: HostServices;
  readonly #logger: Logger;
  readonly #folder: string;
  readonly #run: string;

  constructor(host: HostServices, directories: Directories, logger: Logger) {
    this.#host = host;
    this.#logger = logger;
    this.#folder = dnsmasqFolder(directories);
    this.#run = runFolder(directories);
  }

  paths(network: string): DnsmasqPaths {
    return dnsmasqPaths(this.#folder, this.#run, network);
  }

  /** Writes the files and starts the server; undefined when the network needs none. Resolves when it answers. */
  async start(network: Network, signal?: AbortSignal): Promise<ProcessIdentity | undefined> {
    if (!needsDnsmasq(network)) return undefined;
    const paths = this.paths(network.name);
    await this.#prepare();
    await this.#write(network, paths);
    await rm(paths.pid, { force: true });
    const args = [`--conf-file=${paths.config}`, `--dhcp-leasefile=${paths.leases}`, ...(await this.#userArguments())];
    await this.#host.commands.expect('dnsmasq', args, signal && { signal });
    return this.find(network.name);
  }

  /** Makes the server use a changed network: read its hosts again, or start anew when its configuration changed. */
  async refresh(network: Network, running: ProcessIdentity | undefined): Promise<ProcessIdentity | undefined> {
    const paths = this.paths(network.name);
    const before = await readFile(paths.config, 'utf8').catch(() => '');
    const alive = running !== undefined && (await isAlive(running));
    if (alive && before === dnsmasqConfig(network, paths)) {
      await this.#write(network, paths);
      await sendSignal(running, 'SIGHUP');
      return running;
    }
    if (running !== undefined) await endProcess(running);
    return this.start(network);
  }

  /** The running server of a network, by its process number or, where that file is missing, by its arguments. */
  async find(network: string): Promise<ProcessIdentity | undefined> {
    const { pid, config } = this.paths(network);
    const number = Number(await readFile(pid, 'utf8').catch(() => ''));
    const isIts = (words: readonly string[]): boolean => configOf(words) === config;
    const found = (await findProcess(number, isIts)) ?? (await findProcesses(isIts))[0];
    return found?.identity;
  }

  /** Ends the server and removes its files but for the leases, which its guests keep using. */
  async stop(network: string, known?: ProcessIdentity): Promise<void> {
    const paths = this.paths(network);
    const identity = known !== undefined && (await isAlive(known)) ? known : await this.find(network);
    if (identity !== undefined) await endProcess(identity);
    for (const path of [paths.config, paths.hosts, paths.names, paths.pid]) await rm(path, { force: true });
  }

  async forgetLeases(network: string): Promise<void> {
    await rm(this.paths(network).leases, { force: true });
  }

  /** Ends servers and removes files of networks that are not `active`; keeps the leases of those that are `known`. */
  async sweep(active: ReadonlySet<string>, known: ReadonlySet<string>): Promise<void> {
    const files = (names: ReadonlySet<string>) =>
      new Set([...names].flatMap((name) => Object.values(this.paths(name) as unknown as Record<string, string>)));
    const used = files(active);
    const leases = new Set([...known].map((name) => this.paths(name).leases));
    for (const { identity, words } of await findProcesses((args) => this.#isOurs(args))) {
      const path = configOf(words) ?? '';
      if (used.has(path)) continue;
      this.#logger.warning('ending a dnsmasq whose network is gone', { pid: identity.pid, path });
      await endProcess(identity);
    }
    for (const folder of [this.#folder, this.#run])
      for (const name of await readdir(folder).catch(() => [])) {
        const path = `${folder}/${name}`;
        if (/\.(conf|hostsfile|addnhosts|leases|pid|tmp)$/.test(name) && !used.has(path) && !leases.has(path))
          await rm(path, { force: true });
      }
  }

  /** Whether a command line is that of a server of this daemon's networks: its configuration lies in our folder. */
  #isOurs(words: readonly string[]): boolean {
    const path = configOf(words);
    return path !== undefined && dirname(path) === this.#folder;
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: folderMode });
    await mkdir(this.#run, { recursive: true, mode: folderMode });
    await chmod(this.#folder, folderMode);
  }

  async #write(network: Network, paths: DnsmasqPaths): Promise<void> {
    const options = { mode: fileMode };
    await this.#host.files.write(paths.config, dnsmasqConfig(network, paths), options);
    await this.#host.files.write(paths.hosts, hostsFile(network), options);
    await this.#host.files.write(paths.names, namesFile(network), options);
  }

  /** dnsmasq gives up its rights and reads the hosts later: where only we can get to them, it has to stay who we are. */
  async #userArguments(): Promise<readonly string[]> {
    const { uid, privileged } = this.#host.user;
    if (!privileged || (await openToAll(this.#folder))) return [];
    this.#logger.warning('dnsmasq keeps its rights, as others cannot reach its folder', { folder: this.#folder });
    return [`--user=${uid === 0 ? 'root' : uid}`];
  }
}

const configOption = '--conf-file=';

function configOf(words: readonly string[]): string | undefined {
  if (!words[0]?.endsWith('dnsmasq')) return undefined;
  return words.find((word) => word.startsWith(configOption))?.slice(configOption.length);
}

async function openToAll(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const { mode } = await stat(path);
    if ((mode & constants.S_IXOTH) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
