import type { Buffer } from 'node:buffer';
import type { ByteDuplex } from '@virtkit/core';
import { ChunkSinkEndpoint } from './chunk-sink.js';
import { ChunkSourceEndpoint } from './chunk-source.js';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';

/** A console or channel: both directions at once, bytes as they come. */
export class DuplexEndpoint implements StreamEndpoint {
  readonly #incoming: ChunkSourceEndpoint;
  readonly #outgoing: ChunkSinkEndpoint;

  constructor(duplex: ByteDuplex) {
    this.#incoming = new ChunkSourceEndpoint(duplex.incoming);
    const close = (): Promise<void> => duplex.close();
    this.#outgoing = new ChunkSinkEndpoint({ write: (chunk) => duplex.write(chunk), close, abort: close });
  }

  get congested(): boolean {
    return this.#outgoing.congested;
  }

  start(output: StreamOutput): void {
    this.#outgoing.start(output);
    this.#incoming.start(output);
  }

  data(bytes: Buffer): void {
    this.#outgoing.data(bytes);
  }

  hole(length: bigint): void {
    this.#outgoing.hole(length);
  }

  finish(): Promise<void> {
    this.#incoming.abort();
    return this.#outgoing.finish();
  }

  abort(cause: unknown): void {
    this.#incoming.abort();
    this.#outgoing.abort(cause);
  }
}
