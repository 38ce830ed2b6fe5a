import type { Readable } from 'node:stream';

/** Keeps what a stream says, up to a limit shared by several streams. */
export class OutputLimit {
  #left: number;
  readonly #exceeded: () => void;

  constructor(bytes: number, exceeded: () => void) {
    this.#left = bytes;
    this.#exceeded = exceeded;
  }

  /** Text of the whole stream, whole characters only; callable after the stream ended. */
  collect(stream: Readable): () => string {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      this.#left -= chunk.length;
      if (this.#left < 0) this.#exceeded();
      else chunks.push(chunk);
    });
    return () => Buffer.concat(chunks).toString('utf8');
  }
}
