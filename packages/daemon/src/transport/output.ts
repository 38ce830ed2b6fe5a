import type { Socket } from 'node:net';
import { XdrWriter } from '@virtkit/protocol';

/** Memory of a batch that is kept for reuse. */
const KEPT_BYTES = 1 << 20;

/**
 * Where messages of all clients are encoded before they are written: one piece of reused memory, held by one client at a
 * time. Everything a client is told in one turn of the event loop leaves in one write.
 */
export class OutputBatch {
  /** Clients whose messages are kept back: they share a turn. */
  waiting = 0;
  #writer = new XdrWriter(1 << 16);
  #owner: ClientOutput | undefined;

  /** The writer for `owner`; what another client left in it is written first. */
  acquire(owner: ClientOutput): XdrWriter {
    if (this.#owner !== owner) {
      this.#owner?.flush();
      this.#owner = owner;
    }
    return this.#writer;
  }

  /** Writes what `owner` left here. */
  flush(owner: ClientOutput, socket: Socket): void {
    if (this.#owner !== owner) return;
    this.#owner = undefined;
    const writer = this.#writer;
    if (writer.length === 0) return;
    if (!socket.writable) writer.reset();
    else if (socket.writableLength > 0) socket.write(writer.copy());
    else this.#writeNow(socket);
    if (writer.capacity > KEPT_BYTES) this.#writer = new XdrWriter(1 << 16);
    else writer.reset();
  }

  /** The kernel usually takes everything at once; only then the memory is free again. */
  #writeNow(socket: Socket): void {
    socket.write(this.#writer.view());
    if (socket.writableLength > 0) this.#writer = new XdrWriter(1 << 16);
  }
}

/** One client's side of the batch. */
export class ClientOutput {
  #scheduled = false;
  #held = false;

  constructor(
    private readonly socket: Socket,
    private readonly batch: OutputBatch,
  ) {}

  /** Bytes the client has not taken yet. */
  get backlog(): number {
    return this.socket.writableLength;
  }

  /** For encoding whole messages; what is written leaves at the end of this turn. */
  get writer(): XdrWriter {
    if (!this.#scheduled && !this.#held) {
      this.#scheduled = true;
      process.nextTick(this.#flushScheduled);
    }
    return this.batch.acquire(this);
  }

  /** Collects everything `body` causes to be written into one write. */
  hold(body: () => void): void {
    this.#held = true;
    try {
      body();
    } finally {
      this.#held = false;
      this.flush();
    }
  }

  flush(): void {
    this.batch.flush(this, this.socket);
  }

  /** Writes finished bytes behind everything so far. Resolves when the memory is free again; also when the socket died. */
  send(bytes: Uint8Array): Promise<void> {
    this.flush();
    return new Promise((resolve) => {
      if (this.socket.writable) this.socket.write(bytes, () => resolve());
      else resolve();
    });
  }

  readonly #flushScheduled = (): void => {
    this.#scheduled = false;
    this.flush();
  };
}
