import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bundle = fileURLToPath(new URL('../bundle/main.js', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  out: string;
  err: string;
  readonly exit: Promise<number | null>;
}

let root: string;
const runs: Run[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'virtkitd-'));
});
afterEach(async () => {
  for (const { child, exit } of runs.splice(0)) {
    child.kill('SIGKILL');
    await exit;
  }
  rmSync(root, { recursive: true, force: true });
});

const virtkitd = (...args: string[]): Run => started([process.execPath, bundle, ...args]);
const underUmask = (umask: string, ...args: string[]): Run =>
  started(['sh', '-c', `umask ${umask}; exec "$@"`, 'sh', process.execPath, bundle, ...args]);

function started([program = '', ...args]: readonly string[]): Run {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const run: Run = { child, out: '', err: '', exit };
  child.stdout.on('data', (text) => (run.out += text));
  child.stderr.on('data', (text) => (run.err += text));
  runs.push(run);
  return run;
}

async function ready(run: Run): Promise<string> {
  for (let i = 0; i < 2_400; i++) {
    const socket = /^virtkitd ready (.+)$/m.exec(run.out)?.[1];
    if (socket !== undefined) return socket;
    if (run.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`not ready: ${run.out}${run.err}`);
}

/** Connects, and resolves when the daemon ends the connection. */
async function client(path: string): Promise<{ closed: Promise<void>; end(): void }> {
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  return { closed, end: () => socket.destroy() };
}

describe.skipIf(!existsSync(bundle))('virtkitd as a process (skipped: not bundled yet)', () => {
  it('says one line when it accepts calls, and SIGTERM ends it and its sockets cleanly', async () => {
    const run = virtkitd('--root', root);
    const socket = await ready(run);
    expect(socket).toBe(join(root, 'run/virtkit/libvirt-sock'));
    expect(run.out).toBe(`virtkitd ready ${socket}\n`);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(statSync(`${socket}-ro`).mode & 0o777).toBe(0o777);
    const { closed } = await client(socket);
    run.child.kill('SIGTERM');
    await closed;
    expect(await run.exit).toBe(0);
    expect(existsSync(socket)).toBe(false);
  });

  it('refuses to serve what another one serves, and names that process', async () => {
    const first = virtkitd('--root', root);
    await ready(first);
    const second = virtkitd('--root', root);
    expect(await second.exit).toBe(1);
    expect(second.err).toContain(`another virtkitd (process ${first.child.pid})`);
    expect(first.child.exitCode).toBe(null);
  });

  it('takes over after a kill -9, sockets left behind or not', async () => {
    const first = virtkitd('--root', root);
    const socket = await ready(first);
    first.child.kill('SIGKILL');
    await first.exit;
    expect(existsSync(socket)).toBe(true);
    expect(await ready(virtkitd('--root', root))).toBe(socket);
    (await client(socket)).end();
  });

  it('names a socket path that is too long, instead of cutting it off', async () => {
    const deep = join(root, 'd'.repeat(90));
    mkdirSync(deep);
    const run = virtkitd('--root', deep);
    expect(await run.exit).toBe(1);
    expect(run.err).toContain(`${deep}/run/virtkit/libvirt-sock`);
    expect(run.err).toContain('107');
  });

  it('ends by itself after a time without clients, counted from the last one', async () => {
    const run = virtkitd('--root', root, '--timeout', '1');
    const { end } = await client(await ready(run));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(run.child.exitCode).toBe(null);
    end();
    expect(await run.exit).toBe(0);
  });

  it('reloads on SIGHUP and goes on', async () => {
    const run = virtkitd('--root', root);
    const socket = await ready(run);
    run.child.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 300));
    (await client(socket)).end();
    expect(run.child.exitCode).toBe(null);
  });

  it('says what is wrong with a configuration, with file and key', async () => {
    const config = join(root, 'bad.json');
    writeFileSync(config, '{ "maxClinets": 1 }');
    const run = virtkitd('--root', root, '--config', config);
    expect(await run.exit).toBe(1);
    expect(run.err).toContain(`${config}: unknown key 'maxClinets'`);
  });

  it('prints its usage, and exits with 2 for arguments it does not know', async () => {
    const help = virtkitd('--help');
    expect([await help.exit, help.out.startsWith('usage: virtkitd')]).toEqual([0, true]);
    const wrong = virtkitd('--nonsense');
    expect(await wrong.exit).toBe(2);
    expect(wrong.err).toContain('--nonsense');
  });

  it.each(['000', '077'])(
    'lets nobody else write its files, and guests reach theirs, under umask %s',
    async (umask) => {
      await ready(underUmask(umask, '--root', root));
      const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => lstatSync(join(root, name)));
      const open = found.filter((entry) => !entry.isSocket() && (entry.mode & 0o022) !== 0);
      expect([found.length > 10, open]).toEqual([true, []]);
      if (process.getuid?.() === 0) expect(statSync(join(root, 'var/lib/virtkit')).mode & 0o777).toBe(0o755);
    },
  );

  it('keeps its configuration directory closed to others', async () => {
    await ready(virtkitd('--root', root));
    expect(statSync(join(root, 'etc/virtkit')).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(root, 'run/virtkit/virtkitd.pid'), 'utf8')).toMatch(/^\d+\n$/);
    chmodSync(root, 0o700);
  });
});
