import { setTimeout as sleep } from 'node:timers/promises';
import { hostError } from '../errors.js';
import { isAlive, type ProcessIdentity } from './identity.js';

export interface EndOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait before SIGKILL; default 5,000. */
  readonly graceMs?: number;
  /** Milliseconds to wait after SIGKILL before giving up; default 10,000. */
  readonly killMs?: number;
}
const longestPause = 50;
/** Of the time that was waited already, so that the end is seen at most this much later than it was. */
const pausePart = 1 / 8;

/**
 * Resolves when the process is gone; false when it still lives after `timeoutMs`. Nothing in Node can watch a process
 * that is not a child, so this looks at `/proc` with growing pauses (1 to 50 ms).
 */
export async function waitGone(
  identity: ProcessIdentity,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<boolean> {
  const start = performance.now();
  while (await isAlive(identity)) {
    const waited = performance.now() - start;
    if (waited >= (options.timeoutMs ?? Number.POSITIVE_INFINITY)) return false;
    const pause = Math.max(1, Math.min(waited * pausePart, longestPause));
    await sleep(pause, undefined, options.signal && { signal: options.signal });
  }
  return true;
}

/** Sends a signal to the very process; false when it is gone already. */
export async function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
  if (!(await isAlive(identity))) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}

/** SIGTERM, then SIGKILL; resolves when the process is gone, whatever it was doing. */
export async function endProcess(identity: ProcessIdentity, options: EndOptions = {}): Promise<void> {
  const abort = options.signal && { signal: options.signal };
  if (!(await sendSignal(identity, 'SIGTERM'))) return;
  if (await waitGone(identity, { timeoutMs: options.graceMs ?? 5_000, ...abort })) return;
  await sendSignal(identity, 'SIGKILL');
  if (await waitGone(identity, { timeoutMs: options.killMs ?? 10_000, ...abort })) return;
  throw hostError('SYSTEM_ERROR', `Failed to terminate process ${identity.pid} with SIGKILL: Device or resource busy`);
}
