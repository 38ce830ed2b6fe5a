import { Buffer } from 'node:buffer';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';

const MOST_PENDING = 1 << 20;
const ZEROS = 1 << 16;

/** Where chunks go: a remote store, or one direction of a console. */
export interface ChunkTarget {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(cause: unknown): Promise<void>;
}

/** Hands the client's bytes on, in order, as fast as the target takes them. */
export class ChunkSinkEndpoint implements StreamEndpoint {
  #output: StreamOutput | undefined;
  #pendingBytes = 0;
  #queue: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(private readonly target: ChunkTarget) {}

  get congested(): boolean {
    return this.#pendingBytes >= MOST_PENDING;
  }

  start(output: StreamOutput): void {
    this.#output = output;
  }

  data(bytes: Buffer): void {
    if (this.#ended || bytes.length === 0) return;
    const kept = Buffer.from(bytes);
    this.#enqueue(kept.length, () => this.target.write(kept));
  }

  /** A chunk target has no positions: zeros are written out. */
  hole(length: bigint): void {
    if (this.#ended || length <= 0n) return;
    this.#enqueue(0, async () => {
      const zeros = Buffer.alloc(ZEROS);
      for (let left = length; left > 0n && !this.#ended; left -= BigInt(ZEROS)) {
        await this.target.write(left < BigInt(ZEROS) ? zeros.subarray(0, Number(left)) : zeros);
      }
    });
  }

  async finish(): Promise<void> {
    await this.#queue;
    if (this.#ended) return;
    this.#ended = true;
    await this.target.close();
  }

  abort(cause: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    // The client is told by whoever aborts; the target's own trouble has nobody left to hear of it.
    this.target.abort(cause).catch(() => undefined);
  }

  #enqueue(bytes: number, step: () => Promise<void>): void {
    this.#pendingBytes += bytes;
    this.#queue = this.#queue
      .then(() => (this.#ended ? undefined : step()))
      .catch((error: unknown) => {
        this.#output?.fail(error);
        this.abort(error);
      })
      .then(() => {
        const before = this.congested;
        this.#pendingBytes -= bytes;
        if (before && !this.congested) this.#output?.proceed();
      });
  }
}
