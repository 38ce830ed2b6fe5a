/** A line that is rewritten while long work runs; silent where standard error is no terminal. */
export class Progress {
  readonly #what: string;
  readonly #total: bigint;
  #done = 0n;
  #shown = -1;

  constructor(what: string, total: bigint) {
    this.#what = what;
    this.#total = total;
  }

  add(bytes: number): void {
    this.#done += BigInt(bytes);
    const percent = this.#total === 0n ? 0 : Number((this.#done * 100n) / this.#total);
    if (percent === this.#shown || !process.stderr.isTTY) return;
    this.#shown = percent;
    process.stderr.write(`\r${this.#what}: ${percent} %`);
  }

  end(): void {
    if (this.#shown >= 0) process.stderr.write('\n');
  }
}
