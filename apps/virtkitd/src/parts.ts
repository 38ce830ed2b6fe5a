/** What was started, to be ended in reverse order. `AsyncDisposableStack` is newer than the oldest Node we run on. */
export class Parts implements AsyncDisposable {
  readonly #parts: AsyncDisposable[] = [];

  use<P extends AsyncDisposable>(part: P): P {
    this.#parts.push(part);
    return part;
  }

  /** Ends everything, whatever single parts do; then throws what the first of them threw. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.#parts.splice(0).toReversed()) {
      try {
        await part[Symbol.asyncDispose]();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
