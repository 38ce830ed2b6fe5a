import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import {
  keepalive,
  type MessageHeader,
  messageLimits,
  MessageSplitter,
  messageType,
  readHeader,
  XdrError,
  XdrReader,
} from '@virtkit/protocol';
import { peerIdentity, type PeerIdentity } from '@virtkit/host';
import { ClientOutput, type OutputBatch } from './output.js';
import type { ReadingSocket } from './read-buffer.js';

/** Longest work for one client in one turn of the event loop, in milliseconds; less the more clients have work waiting. */
const SLICE_MS = 1;
/** Bytes a client may leave unread before nothing more is read from it. */
const CONGESTED = 1 << 20;
/** Bytes that are read although they have to wait, so that pings behind them are answered and a client's end is seen. */
const LOOK_AHEAD = 1 << 15;

/** One message with its payload: `reader` stands at its start; `bytes` are valid during the call only. */
export interface IncomingMessage {
  readonly header: MessageHeader;
  readonly reader: XdrReader;
  readonly bytes: Buffer;
  readonly end: number;
}

/** What a peer's messages mean; set once. */
export interface PeerHandler {
  /** False: messages are kept back and nothing is read until `Peer.proceed`. */
  ready(): boolean;
  message(message: IncomingMessage): void;
  /** The connection is gone, however it ended; called once. */
  gone(): void;
}

/**
 * One connection: cuts messages out of its bytes, hands them on in order, and stops reading while the handler, the
 * client's own laziness or the time slice say so.
 */
export class Peer {
  readonly output: ClientOutput;
  /** Milliseconds of `performance.now()` at the last byte received. */
  lastReceived = performance.now();
  readonly #splitter = new MessageSplitter();
  readonly #reader = new XdrReader();
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #sliceEnds = 0;
  /** Something was handled in this turn: only then the clock is looked at. */
  #started = false;
  #closing = false;
  /** Counted among the clients with waiting messages. */
  #counted = false;
  #gone = false;
  #proceeding: NodeJS.Immediate | undefined;

  private readonly socket: Socket;

  constructor(
    client: ReadingSocket,
    private readonly batch: OutputBatch,
    private readonly handler: PeerHandler,
  ) {
    const { socket } = client;
    this.socket = socket;
    this.output = new ClientOutput(socket, batch);
    client.onBytes = this.#onBytes;
    socket.on('drain', () => this.proceed());
    socket.on('error', () => this.destroy());
    socket.on('end', () => this.destroy());
    socket.on('close', () => this.#leave());
    socket.resume();
  }

  get closed(): boolean {
    return this.#gone;
  }

  /** Goes on with kept-back messages and with reading, as far as the handler is ready. */
  proceed(): void {
    if (this.#waiting.length === 0) return this.#adjustReading();
    this.#proceeding ??= setImmediate(() => {
      this.#proceeding = undefined;
      this.#turn(() => this.#work());
    });
  }

  /** Nothing more is read; the connection ends when everything written has left. */
  close(): void {
    if (this.#closing || this.#gone) return;
    this.#closing = true;
    this.#waiting = [];
    this.#count();
    this.output.flush();
    this.socket.end(() => this.socket.destroy());
  }

  /** Process and user of the client; undefined where native code is not installed. */
  identity(): Promise<PeerIdentity | undefined> {
    return peerIdentity(this.socket);
  }

  destroy(): void {
    this.#closing = true;
    this.#waiting = [];
    this.socket.destroy();
    this.#leave();
  }

  readonly #onBytes = (chunk: Buffer, length: number): void => {
    if (this.#closing) return;
    this.lastReceived = this.#turn(() => this.#splitter.push(chunk, this.#sink, length));
  };

  /**
   * Everything one turn causes leaves in one write; malformed framing ends this connection and nothing else.
   * @returns when it began
   */
  #turn(body: () => void): number {
    const began = performance.now();
    this.#sliceEnds = began + SLICE_MS / (1 + this.batch.waiting);
    this.#started = false;
    try {
      this.output.hold(body);
    } catch (error) {
      if (!(error instanceof XdrError)) throw error;
      this.destroy();
    }
    this.#count();
    this.#adjustReading();
    return began;
  }

  #count(): void {
    const waits = this.#waiting.length > 0;
    if (waits === this.#counted) return;
    this.#counted = waits;
    this.batch.waiting += waits ? 1 : -1;
  }

  readonly #sink = (bytes: Buffer, start: number, end: number): number => {
    const dummies = descriptorCount(bytes, start, end);
    if (this.#closing) return dummies;
    if ((this.#waiting.length > 0 || !this.#mayWork()) && !isKeepalive(bytes, start)) this.#wait(bytes, start, end);
    else this.#handle(bytes, start, end);
    return dummies;
  };

  #wait(bytes: Buffer, start: number, end: number): void {
    this.#waiting.push(Buffer.from(bytes.subarray(start, end)));
    this.#waitingBytes += end - start;
  }

  #work(): void {
    const waiting = this.#waiting;
    let done = 0;
    while (done < waiting.length && this.#mayWork()) {
      const bytes = waiting[done++];
      if (bytes) {
        this.#waitingBytes -= bytes.length;
        this.#handle(bytes, 0, bytes.length);
      }
      if (this.#closing) return;
    }
    this.#waiting = waiting.slice(done);
    if (this.#waiting.length > 0 && this.#ready()) this.proceed();
  }

  #handle(bytes: Buffer, start: number, end: number): void {
    this.#started = true;
    const reader = this.#reader;
    reader.reset(bytes, start + messageLimits.lengthBytes, end);
    const header = readHeader(reader);
    if (carriesDescriptors(header.type)) reader.uint();
    this.handler.message({ header, reader, bytes, end });
  }

  #ready(): boolean {
    return this.output.backlog < CONGESTED && this.handler.ready();
  }

  #mayWork(): boolean {
    return this.#ready() && (!this.#started || performance.now() < this.#sliceEnds);
  }

  #adjustReading(): void {
    if (this.#closing) return;
    if (this.#waiting.length > 0 && this.#ready()) this.proceed();
    if (this.#waitingBytes < LOOK_AHEAD && this.output.backlog < CONGESTED) this.socket.resume();
    else this.socket.pause();
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#closing = true;
    this.#waiting = [];
    this.#count();
    clearImmediate(this.#proceeding);
    this.handler.gone();
  }
}

const isKeepalive = (bytes: Buffer, start: number): boolean =>
  bytes.readUInt32BE(start + messageLimits.lengthBytes) === keepalive.id;

const carriesDescriptors = (type: number): boolean =>
  type === messageType.callWithFds || type === messageType.replyWithFds;

const TYPE_AT = messageLimits.lengthBytes + 12;

/** One uncounted byte per descriptor follows the message. @throws XdrError on an impossible count */
function descriptorCount(bytes: Buffer, start: number, end: number): number {
  if (!carriesDescriptors(bytes.readInt32BE(start + TYPE_AT))) return 0;
  if (end - start < messageLimits.minLength + 4) throw new XdrError('descriptor count is missing');
  const count = bytes.readUInt32BE(start + messageLimits.minLength);
  if (count > messageLimits.maxFds) throw new XdrError(`${count} descriptors are too many`);
  return count;
}
