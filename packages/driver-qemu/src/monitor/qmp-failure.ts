import type { VirtErrorLike } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { MonitorClosedError, QmpCommandError } from './qmp-error.js';

/** The error a client sees for a failed monitor command; anything else is passed on. */
export function clientError(cause: unknown): unknown {
  if (cause instanceof QmpCommandError) return virtError('INTERNAL_ERROR', cause.message, { cause });
  if (cause instanceof MonitorClosedError) return closedError(cause);
  return cause;
}

/** @libvirt the guest went away while a command waited */
const closedError = (cause: MonitorClosedError): VirtErrorLike =>
  virtError('OPERATION_FAILED', 'domain is no longer running', { cause });

/** Runs monitor work; its failures become the errors clients know. */
export async function asClientErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw clientError(cause);
  }
}
