import { hostError } from '../errors.js';
import { isAlive, type ProcessIdentity } from './identity.js';
import { askUntil } from './patience.js';

export interface EndOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait before SIGKILL; default 5,000. */
  readonly graceMs?: number;
  /** Milliseconds to wait after SIGKILL before giving up; default 10,000. */
  readonly killMs?: number;
}

/**
 * Resolves when the process is gone; false when it still lives after `timeoutMs`. Nothing in Node can watch a process
 * that is not a child, so this looks at `/proc` again and again.
 */
export const waitGone = (
  identity: ProcessIdentity,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<boolean> => askUntil(async () => !(await isAlive(identity)), options);

/** Sends a signal to the very process; false when it is gone already. */
export async function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
  if (!(await isAlive(identity))) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false; // it ended meanwhile
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
