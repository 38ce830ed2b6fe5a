import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import {
  type ArgsIn,
  type CallName,
  type EventName,
  type MessageHeader,
  type MessageOut,
  MessageSplitter,
  type Program,
  type RetOut,
  XdrReader,
  XdrWriter,
  beginMessage,
  endMessage,
  keepalive,
  messageLimits,
  messageStatus,
  messageType,
  streamHole,
  wireError,
} from '@virtkit/protocol';
import { ConnectionError, LibvirtError } from '../errors.js';
import { ByteStream } from './stream.js';

type AnyProgram = Program;
interface Pending {
  readonly decode: (reader: XdrReader) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
}
interface OpenStream {
  readonly stream: ByteStream;
  /** Set while the daemon's word on finish or abort is awaited. */
  settle?: { readonly resolve: () => void; readonly reject: (cause: unknown) => void };
}
type EventHandler = (message: unknown) => void;

export interface CallOptions {
  /** Gives up waiting; the daemon's answer is dropped when it comes. */
  readonly signal?: AbortSignal;
}

/** The protocol on one byte stream: calls by serial in any order, events, streams, keepalive. */
export class RpcConnection implements AsyncDisposable {
  readonly #socket: Duplex;
  readonly #splitter = new MessageSplitter();
  readonly #reader = new XdrReader();
  readonly #writer = new XdrWriter();
  readonly #pending = new Map<number, Pending>();
  readonly #streams = new Map<number, OpenStream>();
  readonly #events = new Map<string, Set<EventHandler>>();
  readonly #programs = new Map<number, AnyProgram>();
  readonly #closed: Promise<Error | undefined>;
  #markClosed: (cause: Error | undefined) => void = () => undefined;
  #broken: Error | undefined;
  #serial = 0;
  #lastHeard = Date.now();
  #drained: Promise<void> | undefined;

  constructor(socket: Duplex) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => {
      this.#markClosed = resolve;
    });
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.once('error', (cause: Error) =>
      this.#break(new ConnectionError(`connection lost: ${cause.message}`, { cause })),
    );
    socket.once('close', () => this.#break(new ConnectionError('the daemon closed the connection')));
  }

  /** Resolves when the connection is over: with its cause, or undefined after `close`. */
  get closed(): Promise<Error | undefined> {
    return this.#closed;
  }

  /** When the daemon was last heard, in ms since the epoch. */
  get lastHeard(): number {
    return this.#lastHeard;
  }

  /** @throws LibvirtError what the daemon answered; ConnectionError when the connection ended first */
  call<P extends Program, K extends CallName<P>>(
    program: P,
    name: K,
    args: ArgsIn<P, K>,
    options: CallOptions = {},
  ): Promise<RetOut<P, K>> {
    return this.#call(program, name, args, options).reply as Promise<RetOut<P, K>>;
  }

  /** A call that opens a stream: resolves with both once the daemon accepted it. */
  async openStream<P extends Program, K extends CallName<P>>(
    program: P,
    name: K,
    args: ArgsIn<P, K>,
  ): Promise<{ readonly reply: RetOut<P, K>; readonly stream: ByteStream }> {
    const { serial, procedure, reply } = this.#call(program, name, args, {});
    const stream = new ByteStream(
      this.#wire({
        program: program.id,
        version: program.version,
        procedure,
        type: messageType.stream,
        serial,
        status: messageStatus.continue,
      }),
    );
    this.#streams.set(serial, { stream });
    try {
      return { reply: (await reply) as RetOut<P, K>, stream };
    } catch (cause) {
      this.#streams.delete(serial);
      throw cause;
    }
  }

  /** Runs for each message of one event; disposing ends it. */
  onEvent<P extends Program, K extends EventName<P>>(
    program: P,
    name: K,
    handler: (message: MessageOut<P, K>) => void,
  ): Disposable {
    this.#programs.set(program.id, program);
    const key = `${program.id}:${name}`;
    const handlers = this.#events.get(key) ?? new Set();
    this.#events.set(key, handlers);
    // The handler only ever gets what this row decodes to.
    handlers.add(handler as EventHandler);
    return { [Symbol.dispose]: () => void handlers.delete(handler as EventHandler) };
  }

  ping(): void {
    this.#send({
      program: keepalive.id,
      version: 1,
      procedure: 1,
      type: messageType.event,
      serial: 0,
      status: messageStatus.ok,
    });
  }

  /** Ends the byte stream; calls still waiting reject. */
  end(cause?: Error): void {
    this.#break(cause);
    this.#socket.destroy();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.end();
    return Promise.resolve();
  }

  #call(
    program: Program,
    name: string,
    args: unknown,
    options: CallOptions,
  ): { readonly serial: number; readonly procedure: number; readonly reply: Promise<unknown> } {
    const row = program.rows[name];
    if (row === undefined || row.kind !== 'call') throw new TypeError(`${program.name} has no procedure ${name}`);
    this.#serial = (this.#serial % 0x7fff_ffff) + 1;
    const serial = this.#serial;
    if (this.#broken !== undefined) return { serial, procedure: row.number, reply: Promise.reject(this.#broken) };
    const reply = new Promise<unknown>((resolve, reject) => {
      const decode = (reader: XdrReader): unknown => row.ret.codec().read(reader);
      this.#pending.set(serial, { decode, resolve, reject });
      options.signal?.addEventListener('abort', () => this.#forget(serial, options.signal?.reason), { once: true });
      if (options.signal?.aborted) this.#forget(serial, options.signal.reason);
    });
    const header = {
      program: program.id,
      version: program.version,
      procedure: row.number,
      type: messageType.call,
      serial,
      status: messageStatus.ok,
    };
    // The caller's arguments were checked against this row's type.
    this.#send(header, (writer) => row.args.codec().write(writer, args as never));
    return { serial, procedure: row.number, reply };
  }

  #forget(serial: number, cause: unknown): void {
    this.#pending.get(serial)?.reject(cause);
    this.#pending.delete(serial);
  }

  #send(header: MessageHeader, body?: (writer: XdrWriter) => void): Promise<void> {
    this.#writer.reset();
    const start = beginMessage(this.#writer, header);
    body?.(this.#writer);
    endMessage(this.#writer, start);
    return this.#write(this.#writer.copy());
  }

  #write(bytes: Buffer): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    if (this.#socket.write(bytes)) return Promise.resolve();
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  /** Resolves when what is queued was sent, or never will be. All who wait share one. */
  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        this.#drained = undefined;
        resolve();
      };
      this.#socket.once('drain', done);
      this.#socket.once('close', done);
    });
  }

  #wire(header: MessageHeader): ConstructorParameters<typeof ByteStream>[0] {
    const settle = async (status: number): Promise<void> => {
      const open = this.#streams.get(header.serial);
      if (open === undefined) return;
      const answer = new Promise<void>((resolve, reject) => {
        open.settle = { resolve, reject };
      });
      await this.#send({ ...header, status }, status === messageStatus.error ? writeNoError : undefined);
      await answer;
    };
    return {
      send: (data) => this.#send(header, (writer) => writer.raw(data)),
      hole: (length) =>
        this.#send({ ...header, type: messageType.streamHole }, (writer) =>
          streamHole.codec().write(writer, { length, flags: 0 }),
        ),
      finish: () => settle(messageStatus.ok),
      abort: () => settle(messageStatus.error),
    };
  }

  #receive(chunk: Buffer): void {
    this.#lastHeard = Date.now();
    try {
      this.#splitter.push(chunk, (bytes, start, end) => {
        this.#message(bytes, start, end);
        return 0;
      });
    } catch (cause) {
      this.end(
        new ConnectionError(
          `the peer does not speak the protocol: ${cause instanceof Error ? cause.message : String(cause)}`,
          { cause },
        ),
      );
    }
  }

  #message(bytes: Buffer, start: number, end: number): void {
    const reader = this.#reader;
    reader.reset(bytes, start + messageLimits.lengthBytes, end);
    const header: MessageHeader = {
      program: reader.uint(),
      version: reader.uint(),
      procedure: reader.int(),
      type: reader.int(),
      serial: reader.uint(),
      status: reader.int(),
    };
    if (header.type === messageType.reply) this.#reply(header, reader);
    else if (header.type === messageType.event) this.#event(header, reader);
    else if (header.type === messageType.stream) this.#streamMessage(header, reader, bytes, end);
    else if (header.type === messageType.streamHole)
      this.#streams.get(header.serial)?.stream.receive({ hole: streamHole.codec().read(reader).length });
  }

  #reply(header: MessageHeader, reader: XdrReader): void {
    const pending = this.#pending.get(header.serial);
    if (pending === undefined) return;
    this.#pending.delete(header.serial);
    try {
      if (header.status === messageStatus.ok) pending.resolve(pending.decode(reader));
      else pending.reject(new LibvirtError(wireError.codec().read(reader)));
    } catch (cause) {
      pending.reject(cause);
    }
  }

  #event(header: MessageHeader, reader: XdrReader): void {
    if (header.program === keepalive.id) return this.#keepalive(header);
    const program = this.#programs.get(header.program);
    const name = program?.nameOf(header.procedure);
    const row = name === undefined ? undefined : program?.rows[name];
    if (row === undefined || row.kind !== 'event') return;
    const handlers = this.#events.get(`${header.program}:${name}`);
    if (handlers === undefined || handlers.size === 0) return;
    const message = row.message.codec().read(reader);
    for (const handler of handlers) handler(message);
  }

  #keepalive(header: MessageHeader): void {
    if (header.procedure === 1) void this.#send({ ...header, procedure: 2 });
  }

  #streamMessage(header: MessageHeader, reader: XdrReader, bytes: Buffer, end: number): void {
    const open = this.#streams.get(header.serial);
    if (open === undefined) return;
    if (header.status === messageStatus.continue) {
      open.stream.receive(Buffer.from(bytes.subarray(reader.position, end)));
      return;
    }
    this.#streams.delete(header.serial);
    if (header.status === messageStatus.ok) open.settle?.resolve();
    else {
      const error = new LibvirtError(wireError.codec().read(reader));
      open.stream.fail(error);
      open.settle?.reject(error);
    }
  }

  #break(cause: Error | undefined): void {
    if (this.#broken !== undefined) return;
    this.#broken = cause ?? new ConnectionError('the connection is closed');
    for (const pending of this.#pending.values()) pending.reject(this.#broken);
    for (const open of this.#streams.values()) {
      open.stream.fail(this.#broken);
      open.settle?.reject(this.#broken);
    }
    this.#pending.clear();
    this.#streams.clear();
    this.#markClosed(cause);
  }
}

/** An abort carries an error body that servers do not read. */
function writeNoError(writer: XdrWriter): void {
  wireError.codec().write(writer, { code: 0, domain: 0, level: 0, int1: 0, int2: 0 });
}
