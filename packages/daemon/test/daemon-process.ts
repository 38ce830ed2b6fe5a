import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export interface DaemonProcess extends AsyncDisposable {
  readonly pid: number;
  readonly socket: string;
  readonly readOnlySocket: string;
  readonly folder: string;
  /** Resident memory in bytes. */
  rss(): number;
  openDescriptors(): number;
  /** Still the same process? */
  alive(): boolean;
}

/** Bundles `daemon-main.ts` and runs it, optionally with a limit on open files. */
export async function daemonProcess(options: { readonly openFiles?: number } = {}): Promise<DaemonProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'virtkit-process-'));
  const script = await bundledScript('daemon-main.ts', folder);
  const limit = options.openFiles === undefined ? '' : `ulimit -n ${options.openFiles}; `;
  const command = `${limit}exec "${process.execPath}" "${script}"`;
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { socket, readOnlySocket, folder: files } = JSON.parse(await firstLine(child));
  const pid = child.pid ?? 0;
  return {
    pid,
    socket,
    readOnlySocket,
    folder: files,
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024,
    openDescriptors: () => readdirSync(`/proc/${pid}/fd`).length,
    alive: () => child.exitCode === null && child.signalCode === null,
    [Symbol.asyncDispose]: async () => {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bundles a script of this folder, so that plain Node can run it. @returns its path */
export async function bundledScript(name: string, folder: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(name, import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: ['@virtkit/source', 'import', 'node', 'default'] },
    transform: { target: 'node20.19' },
    external: ['koffi', '@virtkit/native'],
    logLevel: 'silent',
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await bundle.close();
  return join(folder, `${basename(name, '.ts')}.mjs`);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('no standard output'));
    const lines = createInterface(child.stdout);
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the daemon ended with ${code}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
