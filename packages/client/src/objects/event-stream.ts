import { EventQueue } from '../rpc/event-queue.js';

/** How to subscribe: installs the handler, registers with the daemon, answers how to undo both. */
export type Subscribe<T> = (push: (value: T) => void) => Promise<() => Promise<void>>;

/**
 * Events as an async iterator that unsubscribes when the loop ends, the signal aborts or the connection is over.
 * Registered when this resolves: what happens from then on is not missed.
 */
export async function eventStream<T>(
  subscribe: Subscribe<T>,
  closed: Promise<Error | undefined>,
  signal: AbortSignal | undefined,
): Promise<AsyncIterableIterator<T>> {
  const undo: { run?: () => Promise<void> } = {};
  const queue = new EventQueue<T>({ onReturn: () => undo.run?.() });
  undo.run = await subscribe((value) => queue.push(value));
  void closed.then((cause) => queue.end(cause));
  const stop = (): void => void queue.return();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return queue;
}
