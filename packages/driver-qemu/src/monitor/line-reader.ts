/** Bytes to lines of UTF-8 text, with a limit on what is kept of an unfinished line. */
export class LineReader {
  readonly #limit: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  /** `limit`: bytes an unfinished line may have. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines that this chunk completes, without their line ends. Throws `RangeError` past the limit. */
  push(chunk: Buffer): readonly string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      lines.push(this.#take(chunk.subarray(from, end)));
      from = end + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
    return lines;
  }

  /** Forgets an unfinished line. */
  reset(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #take(rest: Buffer): string {
    if (this.#pending.length === 0) return trimmed(rest);
    const whole = Buffer.concat([...this.#pending, rest]);
    this.reset();
    return trimmed(whole);
  }

  #keep(part: Buffer): void {
    this.#pendingBytes += part.length;
    if (this.#pendingBytes > this.#limit) throw new RangeError(`line of more than ${this.#limit} bytes`);
    this.#pending.push(Buffer.from(part));
  }
}

const trimmed = (line: Buffer): string =>
  (line.at(-1) === 0x0d ? line.subarray(0, line.length - 1) : line).toString('utf8');
