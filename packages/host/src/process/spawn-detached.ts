import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { systemError } from '../errors.js';
import { commandEnvironment, missingProgram } from '../commands/commands.js';
import { findProgram } from '../commands/find-program.js';
import { identify, type ProcessIdentity } from './identity.js';

export interface DetachedOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
  /** Beside the small environment every program gets; `undefined` leaves one of those out. */
  readonly env?: Readonly<Record<string, string>>;
  /** The whole environment instead of the small one. */
  readonly exactEnv?: Readonly<Record<string, string>>;
  /** File both outputs are appended to; absent: they are dropped. */
  readonly log?: string;
  /** Mode of a log that does not exist yet; default 0600. */
  readonly logMode?: number;
  /** Descriptors of this process the program gets as 3, 4, 5, … in this order. */
  readonly descriptors?: readonly number[];
}
export interface DetachedProcess {
  readonly pid: number;
  /** Undefined when the program ended at once. */
  readonly identity: ProcessIdentity | undefined;
  /** Resolves when it ended, as long as this process lives. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/**
 * Starts a program that outlives this process: own session (setsid), switched user, outputs appended to a log.
 * Rejects when the program is missing or cannot be executed; whether it works then is the caller's to find out.
 */
export async function spawnDetached(
  program: string,
  args: readonly string[],
  options: DetachedOptions = {},
): Promise<DetachedProcess> {
  const path = await findProgram(program);
  if (path === undefined) throw missingProgram(program);
  const log = openLog(options);
  try {
    return await launch(path, args, options, log);
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

function openLog(options: DetachedOptions): number | undefined {
  if (options.log === undefined) return undefined;
  try {
    return openSync(options.log, 'a', options.logMode ?? 0o600);
  } catch (error) {
    throw systemError(`failed to open log file '${options.log}'`, error);
  }
}

async function launch(
  path: string,
  args: readonly string[],
  options: DetachedOptions,
  log: number | undefined,
): Promise<DetachedProcess> {
  const output = log ?? 'ignore';
  const child = spawn(path, args, {
    detached: true,
    cwd: options.cwd ?? '/',
    env: { ...(options.exactEnv ?? commandEnvironment(options.env)) },
    stdio: ['ignore', output, output, ...(options.descriptors ?? [])],
    ...(options.uid !== undefined && { uid: options.uid }),
    ...(options.gid !== undefined && { gid: options.gid }),
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(systemError(`cannot execute binary ${path}`, error)));
  });
  child.unref();
  const pid = child.pid ?? 0;
  return { pid, identity: await identify(pid), exited };
}
