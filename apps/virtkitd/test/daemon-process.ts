import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, connect } from '@virtkit/client';

const here = dirname(fileURLToPath(import.meta.url));
export const bundle = join(here, '../bundle/main.js');

export interface DaemonPlace {
  readonly root: string;
  /** A network namespace the daemon lives in, so that bridges and taps are its own. */
  readonly namespace?: string;
}

/** A real virtkitd in a process of its own. */
export class DaemonProcess {
  readonly pid: number;
  readonly socket: string;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;

  readonly #said: readonly string[];

  private constructor(child: ChildProcess, socket: string, said: readonly string[]) {
    if (child.pid === undefined) throw new Error('the daemon has no pid');
    this.#child = child;
    this.#said = said;
    this.pid = child.pid;
    this.socket = socket;
    this.#gone = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  /** Resolves when it accepts calls. */
  static async start(place: DaemonPlace): Promise<DaemonProcess> {
    const command = [process.execPath, bundle, '--root', place.root];
    const [program = '', ...args] =
      place.namespace === undefined ? command : [...inNamespace(place.namespace), ...command];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    return new DaemonProcess(child, await readyLine(child, said), said);
  }

  /** All it has written so far: its log. */
  get log(): string {
    return this.#said.join('');
  }

  open(): Promise<Connection> {
    return connect(`qemu+unix:///system?socket=${this.socket}`, { keepalive: { interval: 0 } });
  }

  /** kill -9, now. Resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  /** SIGTERM. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#gone;
  }
}

/** As `ip netns exec`, but control groups can be seen. */
const inNamespace = (name: string): readonly string[] => [
  'unshare',
  '--mount',
  '--propagation',
  'private',
  'nsenter',
  `--net=/run/netns/${name}`,
  join(here, '../../../tools/own-sys.sh'),
];

function readyLine(child: ChildProcess, said: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said.push(chunk.toString());
      const socket = /^virtkitd ready (.*)$/m.exec(said.join(''))?.[1];
      if (socket !== undefined) resolve(socket);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`virtkitd ended with ${code}:\n${said.join('')}`)));
  });
}

/** Processes whose command line names this folder, the daemon itself left out. */
export function processesBelow(root: string): readonly { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const path = `/proc/${name}/cmdline`;
      try {
        const command = existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\0', ' ').trim() : '';
        return command.includes(root) && !command.includes('main.js --root') ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    });
}

/** Control groups of a guest, whatever the daemon. */
export const groupsOf = (guest: string): readonly string[] =>
  ['.', ...namesIn('/sys/fs/cgroup')]
    .flatMap((tree) => namesIn(join('/sys/fs/cgroup', tree, 'machine')))
    .filter((name) => name.endsWith(`-${guest}.libvirt-qemu`));

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Files below a folder whose names say that they are half written. */
export function halfWritten(root: string): readonly string[] {
  return readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => /\.(new|tmp)(\.|$)|\.new-|\.tmp-|~$/.test(name));
}
