import type { ConnectionScope } from '@virtkit/core';

/** What is tied to one client: runs when the client leaves, last first, whatever the others do. */
export class ClientScope implements ConnectionScope {
  readonly #onClose = new Set<() => Promise<void>>();

  constructor(
    readonly id: number,
    private readonly report: (error: unknown) => void,
  ) {}

  onClose(run: () => Promise<void>): Disposable {
    const own = (): Promise<void> => run();
    this.#onClose.add(own);
    return { [Symbol.dispose]: () => void this.#onClose.delete(own) };
  }

  async close(): Promise<void> {
    const all = [...this.#onClose].toReversed();
    this.#onClose.clear();
    for (const outcome of await Promise.allSettled(all.map((run) => run()))) {
      if (outcome.status === 'rejected') this.report(outcome.reason);
    }
  }
}
