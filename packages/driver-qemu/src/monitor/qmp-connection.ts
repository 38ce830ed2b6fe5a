import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { descriptorOf } from '@virtkit/host';
import { jsonText, type JsonObject, type JsonValue } from '../command/json.js';
import { deferred } from './deferred.js';
import { LineReader } from './line-reader.js';
import { MonitorClosedError, QmpCommandError } from './qmp-error.js';
import { readMessage, type QmpEvent, type QmpGreeting, type QmpMessage } from './qmp-message.js';

/** The largest message taken from a monitor, as in libvirt. */
export const maxMessageBytes = 10 * 1024 * 1024;
/** Commands that may be unanswered at a time; QEMU itself stops reading at eight. */
const maxOutstanding = 4096;

export interface QmpOptions {
  /** Called for each event, in order of arrival, before the answer to a command that came later. */
  readonly onEvent?: (event: QmpEvent) => void;
  /** Called once, with the reason, after all pending commands failed. */
  readonly onClose?: (cause: MonitorClosedError) => void;
  /** Words of QEMU to explain an end of file, asked for when it happens. */
  readonly explain?: () => Promise<string>;
}
export interface ExecuteOptions {
  /** Stops waiting; the answer, when it still comes, is dropped. */
  readonly signal?: AbortSignal;
}
/** An answer as QEMU wrote it, numbers beyond 2^53 included. */
export interface RawAnswer {
  readonly text: string;
}

interface Pending {
  readonly command: string;
  answer(message: QmpMessage & { kind: 'return' | 'error' }): void;
  fail(cause: Error): void;
}

/**
 * One monitor connection. Commands are written at once (pipelined) and answered in any order; at end of file every
 * pending command fails with QEMU's own words. Ends itself on a message that is too long or no JSON.
 */
export class QmpConnection {
  readonly #socket: Socket;
  readonly #options: QmpOptions;
  readonly #reader = new LineReader(maxMessageBytes);
  readonly #pending = new Map<string, Pending>();
  readonly #greeting = deferred<QmpGreeting>();
  #serial = 0;
  #closed: MonitorClosedError | undefined;
  #broken: Error | undefined;

  constructor(socket: Socket, options: QmpOptions = {}) {
    this.#socket = socket;
    this.#options = options;
    this.#greeting.promise.catch(() => undefined); // told by `negotiate`, if somebody asks
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (cause) => (this.#broken ??= cause));
    socket.on('close', () => void this.#end());
  }

  /** Connects to a monitor's unix socket. Rejects with {@link MonitorClosedError} when nothing listens (any more). */
  static async open(path: string, options: QmpOptions = {}): Promise<QmpConnection> {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
    } catch (cause) {
      const words = options.explain === undefined ? '' : await options.explain().catch(() => '');
      throw new MonitorClosedError(words, cause instanceof Error ? cause : undefined);
    }
    return new QmpConnection(socket, options);
  }

  get closed(): boolean {
    return this.#closed !== undefined || this.#socket.destroyed;
  }

  /** Commands that wait for an answer now. */
  get outstanding(): number {
    return this.#pending.size;
  }

  /** Greeting and `qmp_capabilities`: only its answer proves that all devices exist. */
  async negotiate(options?: ExecuteOptions): Promise<QmpGreeting> {
    const greeting = await withSignal(this.#greeting.promise, options?.signal);
    await this.execute('qmp_capabilities', undefined, options);
    return greeting;
  }

  /** The value QEMU returns; rejects with {@link QmpCommandError} or {@link MonitorClosedError}. */
  async execute(command: string, args?: JsonObject, options?: ExecuteOptions): Promise<JsonValue> {
    const id = this.#nextId();
    const body = args === undefined ? { execute: command, id } : { execute: command, arguments: args, id };
    const message = await this.#send(id, command, jsonText(body), options);
    if (message.kind === 'error') throw new QmpCommandError(command, message.failure);
    return message.value;
  }

  /** A command as a client wrote it, with our id added; the answer, an error too, as text. */
  async executeRaw(command: JsonObject, options?: ExecuteOptions): Promise<RawAnswer> {
    const id = this.#nextId();
    const name = typeof command['execute'] === 'string' ? command['execute'] : 'command';
    return await this.#send(id, name, jsonText({ ...command, id }), options);
  }

  /**
   * `getfd`: gives QEMU a descriptor under a name. `send` writes the bytes with the descriptor to this connection's
   * socket, at once and whole; it is only called when nothing else waits to be written.
   */
  async passFile(name: string, send: (socket: number, data: Uint8Array) => number): Promise<void> {
    while (this.#socket.writableLength > 0) await once(this.#socket, 'drain');
    const id = this.#nextId();
    const { promise, resolve, reject } = deferred<QmpMessage & { kind: 'return' | 'error' }>();
    if (this.closed) throw this.#closed ?? new MonitorClosedError('');
    this.#pending.set(id, { command: 'getfd', answer: resolve, fail: reject });
    const data = Buffer.from(`${jsonText({ execute: 'getfd', arguments: { fdname: name }, id })}\r\n`);
    if (send(descriptorOf(this.#socket), data) !== data.length) {
      this.#pending.delete(id);
      this.#socket.destroy(); // half a command was sent: nothing after it could be understood
      throw new MonitorClosedError('a descriptor could not be sent');
    }
    const message = await promise;
    if (message.kind === 'error') throw new QmpCommandError('getfd', message.failure);
  }

  /** Ends the connection; the guest is not touched. */
  close(): void {
    this.#socket.destroy();
  }

  #nextId(): string {
    this.#serial += 1;
    return `libvirt-${this.#serial}`;
  }

  #send(
    id: string,
    command: string,
    text: string,
    options: ExecuteOptions | undefined,
  ): Promise<QmpMessage & { kind: 'return' | 'error' }> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (this.#socket.destroyed) return Promise.reject(new MonitorClosedError(''));
    if (this.#pending.size >= maxOutstanding)
      return Promise.reject(new RangeError('too many monitor commands waiting'));
    options?.signal?.throwIfAborted();
    const { promise, resolve, reject } = deferred<QmpMessage & { kind: 'return' | 'error' }>();
    this.#pending.set(id, { command, answer: resolve, fail: reject });
    this.#socket.write(`${text}\r\n`);
    return withSignal(promise, options?.signal);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const line of this.#reader.push(chunk)) if (line.trim() !== '') this.#take(readMessage(line));
    } catch (cause) {
      this.#broken ??= cause instanceof Error ? cause : new Error('unreadable monitor message', { cause });
      this.#socket.destroy();
    }
  }

  #take(message: QmpMessage): void {
    if (message.kind === 'greeting') this.#greeting.resolve(message.greeting);
    else if (message.kind === 'event') this.#options.onEvent?.(message.event);
    else this.#answer(message);
  }

  #answer(message: QmpMessage & { kind: 'return' | 'error' }): void {
    if (message.id === undefined) return;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    pending?.answer(message);
  }

  async #end(): Promise<void> {
    const words = this.#options.explain === undefined ? '' : await this.#options.explain().catch(() => '');
    const cause = new MonitorClosedError(words, this.#broken);
    this.#closed = cause;
    this.#greeting.reject(cause);
    for (const pending of this.#pending.values()) pending.fail(cause);
    this.#pending.clear();
    this.#options.onClose?.(cause);
  }
}

function withSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise: result, resolve, reject } = deferred<T>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  return result;
}
