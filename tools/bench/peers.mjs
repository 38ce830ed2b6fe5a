// The two daemons that are compared, each in a folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { descendant, withArgument } from './processes.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const checkout = dirname(dirname(here));

/** Asks every two milliseconds; fails when the answer takes too long or `child` ended. */
export async function waitFor(check, what, child, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${what} ended by itself`);
    if (Date.now() > end) throw new Error(`${what} took more than ${seconds} s`);
    await sleep(2);
  }
}

const children = new Set();

/** Ends whatever a failed measurement left running: daemons, and guests with a file in `dir`. */
export function stopPeers(dir) {
  for (const child of children) child.kill('SIGTERM');
  for (const pid of withArgument(`${dir}/`)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it ended meanwhile
    }
  }
}

function started(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

export const libvirtdVersion = () => execFileSync('libvirtd', ['--version'], { encoding: 'utf8' }).trim();

/** A real libvirtd on `dir`; stopping and starting it on the same folder is a restart. */
export async function startLibvirtd(dir) {
  mkdirSync(dir, { recursive: true });
  const child = started(spawn(join(here, 'libvirtd.sh'), [dir], { stdio: ['pipe', 'ignore', 'ignore'] }));
  const socket = join(dir, 'run/libvirt-sock');
  const pid = await waitFor(() => descendant(child.pid, 'libvirtd'), 'libvirtd', child);
  await waitFor(() => existsSync(socket), 'libvirtd', child);
  return { name: 'libvirtd', socket, pid, stop: () => ended(child, () => child.stdin.end()) };
}

/** This checkout's daemon. */
export async function startVirtkitd(dir) {
  mkdirSync(dir, { recursive: true });
  const program = process.env.VIRTKIT_BENCH_DAEMON ?? join(checkout, 'apps/virtkitd/bundle/main.js');
  const child = started(spawn(process.execPath, [program, '--root', dir], { stdio: ['ignore', 'pipe', 'inherit'] }));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const socket = await waitFor(() => /^virtkitd ready (.*)$/m.exec(said)?.[1], 'virtkitd', child);
  return { name: 'virtkitd', socket, pid: child.pid, stop: () => ended(child, () => child.kill('SIGTERM')) };
}

function ended(child, end) {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    end();
  });
}
