/**
 * Aborts `own` when the caller's signal is; disposing ends that. `AbortSignal.any` would do, but keeps a trace of every
 * job in a signal that lives as long as a client.
 */
export function follow(own: AbortController, signal: AbortSignal): Disposable {
  const abort = (): void => own.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', abort) };
}
