import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const script = join(here, '../../../../shared/testbed/vcsim.sh');
const folder = process.env['VCSIM_DIR'] ?? join(process.env['TMPDIR'] ?? tmpdir(), 'virtkit-vcsim');
const binary = (name: string): string => join(folder, 'bin', name);

/** Why the simulator cannot be used here; undefined when it can. Builds it where the script is there. */
export function missingVcsim(): string | undefined {
  if (existsSync(binary('vcsim')) && existsSync(binary('govc'))) return undefined;
  if (!existsSync(script)) return 'vcsim is not there: name its folder with VCSIM_DIR';
  try {
    execFileSync(script, ['build'], { stdio: 'ignore', env: { ...process.env, VCSIM_DIR: folder } });
    return undefined;
  } catch {
    return 'vcsim cannot be built here';
  }
}

/** VMware's simulator on a port of its own. User `user`, password `pass`. */
export interface Vcsim extends AsyncDisposable {
  readonly port: number;
  /** Runs govc against it. */
  govc(...args: readonly string[]): string;
  /** Ends it at once, as a host that is gone. */
  kill(): Promise<void>;
}

export async function startVcsim(...args: readonly string[]): Promise<Vcsim> {
  const port = await freePort();
  const datastores = mkdtempSync(join(tmpdir(), 'virtkit-datastores-'));
  const child = spawn(binary('vcsim'), [...args, '-l', `127.0.0.1:${port}`, '-username', 'user', '-password', 'pass'], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: datastores },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const env = { ...process.env, GOVC_INSECURE: '1', GOVC_URL: `https://user:pass@127.0.0.1:${port}/sdk` };
  const govc = (...command: readonly string[]): string =>
    execFileSync(binary('govc'), command, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  await answering(() => govc('about'));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(datastores, { recursive: true, force: true });
  };
  return { port, govc, kill, [Symbol.asyncDispose]: kill };
}

async function answering(ask: () => unknown): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      ask();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await delay(100);
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
