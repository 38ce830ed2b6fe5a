// The private daemon and the guest of `npm start`, below .virtkit/ of this checkout.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

if (process.getuid() === 0) process.umask(0o022); // QEMU's user reads what is made here

export const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const link = join(checkout, '.virtkit');

/** Whether another user may reach this folder: QEMU never runs as root. */
function reachable(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Bytes of the longest socket below the root, and those a socket's path may have. */
const SOCKET_TAIL = '/run/virtkit/qemu/channel/9999-demo/org.qemu.guest_agent.0'.length;
const SOCKET_MAX = 107;

/** Whether guests can run below this folder: QEMU's user reaches it, and the paths of sockets are not too long. */
const usable = (folder) =>
  (process.getuid() !== 0 || reachable(checkout)) && Buffer.byteLength(folder) + SOCKET_TAIL <= SOCKET_MAX;

/** `.virtkit`; in a checkout that is closed to others, or lies too deep, it links to a folder of ours that is not. */
function rootFolder() {
  if (existsSync(link)) return realpathSync(link);
  if (usable(link)) {
    mkdirSync(link, { recursive: true });
    return link;
  }
  const elsewhere = `/var/tmp/virtkit-${process.getuid()}-${statSync(checkout).ino}`;
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  const { uid } = lstatSync(elsewhere);
  if (uid !== process.getuid()) throw new Error(`${elsewhere} belongs to uid ${uid}: remove it`);
  rmSync(link, { force: true }); // it may lead to a folder that is gone
  symlinkSync(elsewhere, link);
  return elsewhere;
}

export const root = rootFolder();
const pidFile = join(root, 'virtkitd.pid');
const log = join(root, 'virtkitd.log');

export const bin = (name) => join(checkout, 'node_modules', '.bin', name);

/** Runs the CLI against the private daemon. */
export function virtkit(...args) {
  return spawnSync(bin('virtkit'), ['--root', root, ...args], { encoding: 'utf8' });
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function runningDaemon() {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('virtkitd') ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Ends the daemon of an earlier start; guests live on. */
export async function stopDaemon() {
  const pid = runningDaemon();
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    for (let tries = 0; tries < 200 && alive(pid); tries += 1) await sleep(50);
    if (alive(pid)) process.kill(pid, 'SIGKILL');
  }
  rmSync(pidFile, { force: true });
  return pid !== undefined;
}

/** Starts the daemon and waits until it accepts calls. @returns its socket */
export async function startDaemon() {
  const out = openSync(log, 'w', 0o600);
  const mode = process.getuid() === 0 ? [] : ['--session'];
  const child = spawn(bin('virtkitd'), ['--root', root, ...mode], { detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  let ended;
  child.once('exit', (code) => {
    ended = code ?? 1;
  });
  child.unref();
  writeFileSync(pidFile, String(child.pid));
  for (let tries = 0; tries < 600; tries += 1) {
    const said = readFileSync(log, 'utf8');
    const socket = /^virtkitd ready (.*)$/m.exec(said)?.[1];
    if (socket !== undefined) return socket;
    if (ended !== undefined) throw new Error(`virtkitd ended with ${ended}:\n${said}`);
    await sleep(50);
  }
  throw new Error(`virtkitd was not ready within 30 s; see ${log}`);
}

/** Where the guest's kernel lies. */
export const guestFolder = () => join(root, 'guest');
