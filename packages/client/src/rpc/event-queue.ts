/** Values that arrive whenever they do, read by one `for await`. Bounded: a reader that never comes costs `limit` values. */
export class EventQueue<T> implements AsyncIterableIterator<T> {
  readonly #limit: number;
  #values: T[] = [];
  #waiting: ((result: IteratorResult<T>) => void) | undefined;
  #fail: ((cause: unknown) => void) | undefined;
  #ended = false;
  #cause: unknown;
  #onReturn: (() => Promise<void> | void) | undefined;

  constructor(options: { readonly limit?: number; readonly onReturn?: () => Promise<void> | void } = {}) {
    this.#limit = options.limit ?? 100_000;
    this.#onReturn = options.onReturn;
  }

  push(value: T): void {
    if (this.#ended) return;
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting({ value, done: false });
    } else if (this.#values.length < this.#limit) this.#values.push(value);
    else this.end(new Error(`nobody read ${this.#limit} events`));
  }

  /** What is queued is still delivered; with a cause, the read after it rejects. */
  end(cause?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cause = cause;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if (cause === undefined) waiting({ value: undefined, done: true });
    else this.#fail?.(cause);
  }

  next(): Promise<IteratorResult<T>> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve({ value, done: false });
    if (this.#ended)
      return this.#cause === undefined
        ? Promise.resolve({ value: undefined, done: true })
        : Promise.reject(this.#cause);
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#fail = reject;
    });
  }

  async return(): Promise<IteratorResult<T>> {
    this.end();
    this.#values = [];
    const run = this.#onReturn;
    this.#onReturn = undefined;
    await run?.();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
