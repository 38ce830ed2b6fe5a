import type { Socket } from 'node:net';
import { sendFile } from '@virtkit/host';
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
  #passing = Promise.resolve();

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

  /** Sends a message and descriptors behind it, a byte with each; what is written meanwhile leaves after them. */
  sendFiles(message: Uint8Array, fds: readonly number[]): Promise<void> {
    this.#passing = this.#passing.then(() => this.#pass(message, fds));
    return this.#passing;
  }

  async #pass(message: Uint8Array, fds: readonly number[]): Promise<void> {
    const { socket } = this;
    for (this.flush(); socket.writable && socket.writableLength > 0; this.flush()) await written(socket, nothing);
    const left = written(socket, message);
    socket.cork();
    try {
      await left;
      for (const fd of fds) await sendFile(socket, fd);
    } catch {
      socket.destroy(); // the client is gone, or could not tell what comes next
    } finally {
      socket.uncork();
    }
  }

  readonly #flushScheduled = (): void => {
    this.#scheduled = false;
    this.flush();
  };
}

const nothing = new Uint8Array(0);

/** Resolves when the kernel has the bytes and all before them; also when the socket died. */
const written = (socket: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => socket.write(bytes, () => resolve()));
