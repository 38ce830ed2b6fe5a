/** One after the other for each key, in the order they were asked for. A turn that fails does not keep the next one from its own. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Whether a turn of this key has not ended: the next one will have to wait. */
  isTaken(key: string): boolean {
    return this.#last.has(key);
  }

  /** Begins at once when nobody else has the turn. */
  run<T>(key: string, body: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const own = before === undefined ? body() : before.then(body, body);
    this.#last.set(key, own);
    const leave = (): void => {
      if (this.#last.get(key) === own) this.#last.delete(key);
    };
    own.then(leave, leave);
    return own;
  }

  /** Resolves when the turns that are taken or waited for now have ended, whatever became of them. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
