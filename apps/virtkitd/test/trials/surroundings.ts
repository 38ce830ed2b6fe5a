import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Connection } from '@virtkit/client';
import { bundle, groupsOf, halfWritten, processesBelow } from '../daemon-process.js';

/** What the trials need and this machine lacks; undefined: nothing. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root: it makes network namespaces and bridges';
  if (!existsSync(bundle)) return 'needs the bundle of virtkitd: npm run build';
  for (const program of ['qemu-system-x86_64', 'qemu-img', 'ip', 'dnsmasq'])
    if (spawnSync('which', [program]).status !== 0) return `needs ${program}`;
  return undefined;
}

export const reason = whyNot();
/** What a trial's title says of that. */
export const skipped = reason === undefined ? '' : ` (skipped: ${reason})`;

/** Where a daemon on trial lives. */
export interface Surroundings {
  readonly root: string;
  readonly namespace: string;
}

export function makeNamespace(namespace: string): void {
  execFileSync('ip', ['netns', 'add', namespace]);
  execFileSync('ip', ['netns', 'exec', namespace, 'ip', 'link', 'set', 'lo', 'up']);
}

/** The running pool `images` that operations on volumes use. */
export async function makeImages(connection: Connection, folder: string): Promise<void> {
  await connection.storagePools.define(
    `<pool type='dir'><name>images</name><target><path>${folder}</path></target></pool>`,
  );
  const pool = await connection.storagePools.lookupByName('images');
  await pool.start();
  await connection.remote.storagePoolSetAutostart({ pool: pool.handle, autostart: 1 });
}

const lines = (program: string, ...args: string[]): readonly string[] =>
  execFileSync(program, args, { encoding: 'utf8' }).split('\n').filter(Boolean);

/** Processes, links, control groups and files that belong to nothing the daemon knows of. */
export async function leftovers(
  connection: Connection,
  { root, namespace }: Surroundings,
  name: string,
): Promise<readonly string[]> {
  const active = new Set((await connection.domains.list({ active: true })).map((domain) => domain.name));
  const processes = processesBelow(root).map(({ command }) => command);
  const qemu = processes
    .filter((command) => command.includes('qemu-system'))
    .filter((command) => ![...active].some((guest) => command.includes(`guest=${guest},`)));
  const network = await connection.networks.lookupByName(name).catch(() => undefined);
  const bridge = network !== undefined && (await network.active());
  const links = lines('ip', '-netns', namespace, '-o', 'link')
    .map((line) => line.split(': ')[1] ?? '')
    .filter((link) => link !== 'lo' && !(bridge && link.startsWith('vk')));
  const dnsmasq = processes.filter((command) => command.includes('dnsmasq') && !bridge);
  const groups = active.has(name) ? [] : groupsOf(name);
  return [...[...qemu, ...dnsmasq].map((command) => command.slice(0, 80)), ...links, ...groups, ...halfWritten(root)];
}
