import { errorsFrom } from '@virtkit/schema';

/**
 * A bounded queue between an emitter that never waits and a reader that may be slow. A reader that falls behind by
 * more than `limit` events gets what is queued and then the error `OPERATION_FAILED`; the queue takes nothing more.
 */
export class EventQueue<T> implements AsyncIterableIterator<T> {
  readonly #items: T[] = [];
  #waiting: ((result: IteratorResult<T>) => void) | undefined;
  #overflowed = false;
  #closed = false;

  constructor(
    private readonly limit: number,
    private readonly onClose: () => void,
  ) {}

  push(item: T): void {
    if (this.#closed || this.#overflowed) return;
    if (this.#waiting !== undefined) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting({ value: item, done: false });
    } else if (this.#items.length < this.limit) this.#items.push(item);
    else {
      this.#overflowed = true;
      this.onClose();
    }
  }

  async next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift();
    if (item !== undefined) return { value: item, done: false };
    if (this.#overflowed)
      throw errorsFrom('EVENT')('OPERATION_FAILED', `subscriber fell more than ${this.limit} events behind`);
    if (this.#closed) return { value: undefined, done: true };
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  async return(): Promise<IteratorResult<T>> {
    this.close();
    return { value: undefined, done: true };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#items.length = 0;
    this.onClose();
    this.#waiting?.({ value: undefined, done: true });
    this.#waiting = undefined;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
