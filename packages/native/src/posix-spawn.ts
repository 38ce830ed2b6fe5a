import { failure } from './failure.js';
import type { Libc } from './libc.js';

export interface SpawnRequest {
  /** Absolute. */
  readonly path: string;
  /** With the program's own name first. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Descriptors of this process that become 0, 1, 2, … of the new one. */
  readonly fds: readonly number[];
  readonly cwd?: string;
  /** A session of its own. */
  readonly session?: boolean;
}
const setSession = 0x80;
const resetSignals = 0x04 | 0x08;
const attributesSize = 336;
const actionsSize = 80;
const signalSetSize = 128;

/**
 * Starts a program without copying this process: as fast with a large heap as with a small one. The caller reaps it
 * with `reap` after SIGCHLD. Other descriptors of ours are not seen by it, as Node opens all of them close-on-exec.
 */
export function posixSpawn(libc: Libc, request: SpawnRequest): number {
  const { spawn } = libc;
  const actions = Buffer.alloc(actionsSize);
  const attributes = Buffer.alloc(attributesSize);
  spawn.actionsInit(actions);
  spawn.attributesInit(attributes);
  try {
    describe(libc, request, actions, attributes);
    const pid: [number] = [0];
    const env = Object.entries(request.env).map(([name, value]) => `${name}=${value}`);
    const number = spawn.posix_spawn(pid, request.path, actions, attributes, [...request.argv, null], [...env, null]);
    if (number !== 0) throw failure(libc, `spawn ${request.path}`, number);
    return pid[0];
  } finally {
    spawn.actionsDestroy(actions);
    spawn.attributesDestroy(attributes);
  }
}

function describe(libc: Libc, request: SpawnRequest, actions: Buffer, attributes: Buffer): void {
  const { spawn } = libc;
  spawn.setFlags(attributes, resetSignals | (request.session ? setSession : 0));
  spawn.setSignalMask(attributes, Buffer.alloc(signalSetSize));
  spawn.setSignalDefault(attributes, Buffer.alloc(signalSetSize, 0xff));
  if (request.cwd !== undefined) spawn.addChdir(actions, request.cwd);
  // First out of the way, so that no source is overwritten before it was used.
  const spare = Math.max(request.fds.length, ...request.fds) + 1;
  for (const [index, fd] of request.fds.entries()) spawn.addDup2(actions, fd, spare + index);
  for (const index of request.fds.keys()) spawn.addDup2(actions, spare + index, index);
}

export type Ended =
  | { readonly code: number; readonly signal?: undefined }
  | { readonly code?: undefined; readonly signal: number };

/** How a process started with `posixSpawn` ended; undefined while it runs. */
export function reap(libc: Libc, pid: number): Ended | undefined {
  const status: [number] = [0];
  const doNotHang = 1;
  const found = libc.waitpid(pid, status, doNotHang);
  if (found < 0) throw failure(libc, 'waitpid');
  if (found === 0) return undefined;
  const signal = status[0] & 0x7f;
  return signal === 0 ? { code: (status[0] >> 8) & 0xff } : { signal };
}
