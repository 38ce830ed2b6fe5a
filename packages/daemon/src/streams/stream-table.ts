import type { Buffer } from 'node:buffer';
import {
  beginMessage,
  messageLimits,
  messageStatus,
  messageType,
  streamHole,
  wireError,
  XdrError,
  XdrWriter,
} from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { wireErrorOf } from '../dispatch/wire-error.js';
import { type CallIdentity, streamHeader, writeEmpty, writeMessage } from '../transport/messages.js';
import type { IncomingMessage, Peer } from '../transport/peer.js';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';

const rpcError = errorsFrom('RPC');

/** Streams one client may have open. */
const MAX_STREAMS = 256;
/** Free bytes in front of the data of a frame. */
export const frameRoom = messageLimits.minLength;

/** The open streams of one client, by the serial of the call that opened them. */
export class StreamTable {
  readonly #streams = new Map<number, OpenStream>();

  constructor(private readonly peer: Peer) {}

  get congested(): boolean {
    for (const { endpoint } of this.#streams.values()) if (endpoint.congested) return true;
    return false;
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Starts a stream whose call was just answered. */
  open(call: CallIdentity, endpoint: StreamEndpoint): void {
    const refused = this.#streams.has(call.serial) || this.#streams.size >= MAX_STREAMS;
    const stream = new OpenStream(call, endpoint, this.peer, () => this.#forget(stream));
    if (refused) return stream.refuse(rpcError('OPERATION_FAILED', 'too many open streams'));
    this.#streams.set(call.serial, stream);
    endpoint.start(stream);
  }

  /** A packet of a stream nobody knows (any more) is ignored, as libvirt does. */
  incoming(message: IncomingMessage): void {
    const { header } = message;
    const stream = this.#streams.get(header.serial);
    if (stream?.matches(header)) stream.incoming(message);
  }

  abortAll(cause: unknown): void {
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    for (const stream of streams) stream.abandon(cause);
  }

  #forget(stream: OpenStream): void {
    if (this.#streams.get(stream.call.serial) === stream) this.#streams.delete(stream.call.serial);
  }
}

class OpenStream implements StreamOutput {
  #closed = false;
  #finishing = false;

  constructor(
    readonly call: CallIdentity,
    readonly endpoint: StreamEndpoint,
    private readonly peer: Peer,
    private readonly forget: () => void,
  ) {}

  get closed(): boolean {
    return this.#closed;
  }

  matches({ program, version, procedure }: CallIdentity): boolean {
    return program === this.call.program && version === this.call.version && procedure === this.call.procedure;
  }

  incoming(message: IncomingMessage): void {
    if (this.#finishing) return;
    const { header, bytes, reader, end } = message;
    if (header.type === messageType.streamHole) return this.#hole(message);
    if (header.status === messageStatus.continue) return this.endpoint.data(bytes.subarray(reader.position, end));
    if (header.status === messageStatus.ok) return this.#finish();
    if (header.status === messageStatus.error) this.#abort();
  }

  frame(frame: Buffer, length: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const header = new XdrWriter(frameRoom);
    beginMessage(header, streamHeader(this.call, messageStatus.continue));
    header.patchUint(0, frameRoom + length);
    header.view().copy(frame);
    return this.peer.output.send(frame.subarray(0, frameRoom + length));
  }

  hole(length: bigint): void {
    if (this.#closed) return;
    const header = { ...streamHeader(this.call, messageStatus.continue), type: messageType.streamHole };
    writeMessage(this.peer.output.writer, header, streamHole.codec(), { length, flags: 0 });
  }

  end(): void {
    if (!this.#closed) writeEmpty(this.peer.output.writer, streamHeader(this.call, messageStatus.continue));
  }

  fail(error: unknown): void {
    if (this.#closed) return;
    this.#close();
    this.#tell(error);
    this.peer.proceed();
  }

  refuse(error: unknown): void {
    this.#closed = true;
    this.#tell(error);
    this.endpoint.abort(error);
  }

  proceed(): void {
    if (!this.#closed) this.peer.proceed();
  }

  abandon(cause: unknown): void {
    this.#closed = true;
    this.endpoint.abort(cause);
  }

  #hole({ reader }: IncomingMessage): void {
    try {
      this.endpoint.hole(streamHole.codec().read(reader).length);
    } catch (error) {
      if (!(error instanceof XdrError)) throw error;
      this.fail(rpcError('RPC', 'Unable to decode message payload', { cause: error }));
      this.endpoint.abort(error);
    }
  }

  #finish(): void {
    this.#finishing = true;
    this.endpoint.finish().then(
      () => {
        if (this.#closed) return;
        this.#close();
        writeEmpty(this.peer.output.writer, streamHeader(this.call, messageStatus.ok));
        this.peer.proceed();
      },
      (error: unknown) => this.fail(error),
    );
  }

  #abort(): void {
    this.#close();
    this.endpoint.abort(rpcError('OPERATION_ABORTED', 'stream aborted at client request'));
    writeEmpty(this.peer.output.writer, streamHeader(this.call, messageStatus.ok));
  }

  #tell(error: unknown): void {
    const header = streamHeader(this.call, messageStatus.error);
    writeMessage(this.peer.output.writer, header, wireError.codec(), wireErrorOf(error));
  }

  #close(): void {
    this.#closed = true;
    this.forget();
  }
}
