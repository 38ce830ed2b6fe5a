import { Buffer } from 'node:buffer';
import { messageLimits } from '@virtkit/protocol';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';
import { frameRoom } from './stream-table.js';

/** Sends chunks as they come, cut to what one message may hold. */
export class ChunkSourceEndpoint implements StreamEndpoint {
  readonly congested = false;
  #stopped = false;
  #iterator: AsyncIterator<Uint8Array> | undefined;

  constructor(private readonly chunks: AsyncIterable<Uint8Array>) {}

  start(output: StreamOutput): void {
    this.#pump(output).catch((error: unknown) => output.fail(error));
  }

  data(): void {}

  hole(): void {}

  finish(): Promise<void> {
    this.abort();
    return Promise.resolve();
  }

  abort(): void {
    this.#stopped = true;
    this.#iterator ??= this.chunks[Symbol.asyncIterator]();
    // Its own failure to stop changes nothing for a client that has left.
    this.#iterator.return?.().catch(() => undefined);
  }

  async #pump(output: StreamOutput): Promise<void> {
    const iterator = (this.#iterator ??= this.chunks[Symbol.asyncIterator]());
    while (!this.#stopped) {
      const { done, value } = await iterator.next();
      if (done || this.#stopped) break;
      await sendChunk(output, value);
    }
    if (!this.#stopped) output.end();
  }
}

/** Sends bytes of any length in as many frames as they need. */
async function sendChunk(output: StreamOutput, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; at += messageLimits.streamChunk) {
    const piece = chunk.subarray(at, at + messageLimits.streamChunk);
    const frame = Buffer.allocUnsafe(frameRoom + piece.length);
    frame.set(piece, frameRoom);
    await output.frame(frame, piece.length);
  }
}
