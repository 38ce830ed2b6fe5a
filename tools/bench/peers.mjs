// The two daemons that are compared, each in a folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const checkout = dirname(dirname(here));

async function waitFor(check, what, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what} took more than ${seconds} s`);
    await sleep(5);
  }
}

/** The process called `name` below `parent`, in this machine's numbering. */
function descendant(parent, name) {
  const below = new Set([String(parent)]);
  const list = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .sort((a, b) => a - b);
  for (const pid of list) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!below.has(after[1])) continue;
      below.add(String(pid));
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name) return pid;
    } catch {
      // it ended meanwhile
    }
  }
  return undefined;
}

const children = new Set();

/** Ends whatever a failed measurement left running. */
export function stopPeers() {
  for (const child of children) child.kill('SIGTERM');
}

function started(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

export const libvirtdVersion = () => execFileSync('libvirtd', ['--version'], { encoding: 'utf8' }).trim();

/** A real libvirtd. `restart` ends and starts it on the same folder. */
export async function startLibvirtd(dir) {
  mkdirSync(dir, { recursive: true });
  const child = started(spawn(join(here, 'libvirtd.sh'), [dir], { stdio: ['pipe', 'ignore', 'ignore'] }));
  const socket = join(dir, 'run/libvirt-sock');
  const pid = await waitFor(() => descendant(child.pid, 'libvirtd'), 'libvirtd');
  await waitFor(() => existsSync(socket), 'libvirtd');
  return { name: 'libvirtd', socket, pid, stop: () => ended(child, () => child.stdin.end()) };
}

/** This checkout's daemon. */
export async function startVirtkitd(dir) {
  mkdirSync(dir, { recursive: true });
  const child = started(
    spawn(process.execPath, [join(checkout, 'apps/virtkitd/bundle/main.js'), '--root', dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const socket = await waitFor(() => /^virtkitd ready (.*)$/m.exec(said)?.[1], 'virtkitd');
  return { name: 'virtkitd', socket, pid: child.pid, stop: () => ended(child, () => child.kill('SIGTERM')) };
}

function ended(child, end) {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    child.once('exit', () => resolve());
    end();
  });
}

/** CPU milliseconds all threads of a process have used, to the nanosecond. */
export function cpuMs(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const used = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return used.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

/** Resident kilobytes. */
export const residentKb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
