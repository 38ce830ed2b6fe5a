import { EventQueue } from './event-queue.js';

/** How a stream puts bytes on the wire. */
export interface StreamWire {
  send(data: Uint8Array): Promise<void>;
  hole(length: bigint): Promise<void>;
  /** Resolves with the daemon's answer. */
  finish(): Promise<void>;
  abort(): Promise<void>;
}

/** A run of zero bytes inside a sparse stream. */
export interface Hole {
  readonly hole: bigint;
}

const CHUNK = 262_120;

/**
 * Bytes beside a call: a volume's content, a console, a screenshot. Read it with `for await`; write with `write`, then
 * `finish`. @libvirt virStream
 */
export class ByteStream implements AsyncDisposable {
  readonly #wire: StreamWire;
  readonly #incoming = new EventQueue<Uint8Array | Hole>();
  #open = true;

  constructor(wire: StreamWire) {
    this.#wire = wire;
  }

  /** Used by the connection: what arrived. An empty chunk is the end. */
  receive(piece: Uint8Array | Hole): void {
    if ('hole' in piece || piece.length > 0) this.#incoming.push(piece);
    else this.#incoming.end();
  }

  /** Used by the connection: the daemon gave up, or the connection ended. */
  fail(cause: unknown): void {
    this.#open = false;
    this.#incoming.end(cause);
  }

  async write(data: Uint8Array): Promise<void> {
    for (let at = 0; at < data.length; at += CHUNK) await this.#wire.send(data.subarray(at, at + CHUNK));
  }

  writeHole(length: bigint): Promise<void> {
    return this.#wire.hole(length);
  }

  /** Tells the daemon that all is there, and waits for its word that it took it. */
  async finish(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#wire.finish();
  }

  async abort(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#incoming.end();
    await this.#wire.abort();
  }

  /** Pieces as they come, holes included. */
  pieces(): AsyncIterableIterator<Uint8Array | Hole> {
    return this.#incoming;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#incoming) if (!('hole' in piece)) yield piece;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.abort();
  }
}
