import type { ConnectionScope } from '../contract/call.js';

/** What is tied to one connection: runs when it ends, last first, whatever the others do. */
export class Scope implements ConnectionScope {
  readonly #onClose = new Set<() => Promise<void>>();

  /** @param report is told what failed */
  constructor(
    readonly id: number,
    private readonly report: (error: unknown) => void,
  ) {}

  onClose(run: () => Promise<void>): Disposable {
    const own = (): Promise<void> => run();
    this.#onClose.add(own);
    return { [Symbol.dispose]: () => void this.#onClose.delete(own) };
  }

  /** Never rejects. */
  async close(): Promise<void> {
    const all = [...this.#onClose].toReversed();
    this.#onClose.clear();
    for (const outcome of await Promise.allSettled(all.map((run) => run()))) {
      if (outcome.status === 'rejected') this.report(outcome.reason);
    }
  }
}
