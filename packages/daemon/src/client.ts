import type { OpenFile } from '@virtkit/core';
import { keepalive, messageType, XdrError } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import type { Dispatcher, Procedure } from './dispatch/dispatcher.js';
import { originOf } from './dispatch/origin.js';
import { wireErrorOf } from './dispatch/wire-error.js';
import { StreamTable } from './streams/stream-table.js';
import type { StreamEndpoint } from './streams/endpoint.js';
import { Keepalive, type KeepaliveSettings } from './transport/keepalive.js';
import { type CallIdentity, replyWithFiles, writeErrorReply, writeReply } from './transport/messages.js';
import type { OutputBatch } from './transport/output.js';
import type { ReadingSocket } from './transport/read-buffer.js';
import { type IncomingMessage, Peer, type PeerHandler } from './transport/peer.js';

const rpcError = errorsFrom('RPC');

/** Bytes of events a client may leave unread before it is dropped. */
const EVENT_BACKLOG = 8 << 20;

/** What one of a server's sockets allows. */
export interface ClientRules {
  readonly readOnly: boolean;
  /** Calls one client may have in flight; further ones wait unread. */
  readonly maxRequests: number;
  readonly keepalive: KeepaliveSettings;
}

/** What belongs to one client beyond its bytes: a session with the kernel, callbacks. */
export interface ClientState {
  /** False until `AUTH_*` succeeded, where authentication is configured. */
  readonly authenticated: boolean;
  /** Refuses a call before its arguments are looked at. @throws VirtError */
  check?(procedure: Procedure<never>): void;
  /** The client is gone: everything tied to it ends. */
  gone(): void;
}

/** One call of a client, as handlers get it. */
export class Call<State extends ClientState = ClientState> implements CallIdentity {
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  readonly serial: number;
  /** Set by the handler of a call that opens a stream; starts after the reply. */
  stream: StreamEndpoint | undefined;
  /** Set by the handler of a call that answers with descriptors; closed when the client has them. */
  files: readonly OpenFile[] = [];

  constructor(
    readonly client: Client<State>,
    identity: CallIdentity,
  ) {
    this.program = identity.program;
    this.version = identity.version;
    this.procedure = identity.procedure;
    this.serial = identity.serial;
  }

  get state(): State {
    return this.client.state;
  }

  /** Nobody waits for the answer any more. */
  abandon(cause: unknown): void {
    this.stream?.abort(cause);
    this.closeFiles();
  }

  closeFiles(): void {
    for (const file of this.files) void file[Symbol.asyncDispose]();
  }
}

/** A connected client: dispatches its calls, limits them, answers, carries its streams and events. */
export class Client<State extends ClientState = ClientState> implements PeerHandler {
  readonly peer: Peer;
  readonly keepalive: Keepalive;
  readonly streams: StreamTable;
  readonly state: State;
  /** Seconds since the epoch. */
  readonly connectedAt = Math.floor(Date.now() / 1000);
  #inFlight = 0;
  #closing = false;

  constructor(
    readonly id: number,
    socket: ReadingSocket,
    batch: OutputBatch,
    private readonly dispatcher: Dispatcher<Call<State>>,
    readonly rules: ClientRules,
    makeState: (client: Client<State>) => State,
    private readonly onGone: (client: Client<State>) => void,
  ) {
    this.peer = new Peer(socket, batch, this);
    this.keepalive = new Keepalive(this.peer, rules.keepalive);
    this.streams = new StreamTable(this.peer);
    this.state = makeState(this);
  }

  ready(): boolean {
    return !this.#closing && this.#inFlight < this.rules.maxRequests && !this.streams.congested;
  }

  message(message: IncomingMessage): void {
    const { header } = message;
    switch (header.type) {
      case messageType.call:
      case messageType.callWithFds:
        return this.#call(message);
      case messageType.stream:
      case messageType.streamHole:
        return this.streams.incoming(message);
      case messageType.event:
        if (header.program === keepalive.id) this.keepalive.received(header.procedure);
    }
  }

  gone(): void {
    this.keepalive.stop();
    this.streams.abortAll(rpcError('OPERATION_ABORTED', 'client closed the connection'));
    this.state.gone();
    this.onGone(this);
  }

  /** Ends the connection once the calls in flight are answered and everything written has left. */
  closeWhenAnswered(): void {
    this.#closing = true;
    // A call that is answered at once has its answer written by then.
    if (this.#inFlight === 0) queueMicrotask(() => this.peer.close());
  }

  /** Whether events still fit; a client that never reads is dropped instead of filling memory. */
  takesEvents(): boolean {
    if (this.peer.closed) return false;
    if (this.peer.output.backlog <= EVENT_BACKLOG) return true;
    this.peer.destroy();
    return false;
  }

  #call(message: IncomingMessage): void {
    const { header } = message;
    let call: Call<State> | undefined;
    try {
      const procedure = this.dispatcher.find(header);
      if (!procedure.row.beforeAuth && !this.state.authenticated) throw rpcError('RPC', 'authentication required');
      this.state.check?.(procedure as Procedure<never>);
      if (procedure.handle === undefined) throw unsupported(procedure);
      const args = decode(procedure, message);
      call = new Call(this, header);
      this.#settle(procedure, call, procedure.handle(args, call));
    } catch (error) {
      this.#fail(call ?? header, error);
    }
  }

  /** Answers at once where the result is there; else the call counts as in flight until it is. */
  #settle(procedure: Procedure<Call<State>>, call: Call<State>, result: unknown): void {
    if (!isPromise(result)) return this.#answer(procedure, call, result);
    this.#inFlight++;
    result.then(
      (value) => this.#finish(() => this.#answer(procedure, call, value)),
      (error: unknown) => this.#finish(() => this.#fail(call, error)),
    );
  }

  #finish(answer: () => void): void {
    const limited = this.#inFlight-- >= this.rules.maxRequests;
    answer();
    if (this.#closing && this.#inFlight === 0) return this.peer.close();
    if (limited) this.peer.proceed();
  }

  #answer(procedure: Procedure<Call<State>>, call: Call<State>, value: unknown): void {
    if (this.peer.closed) return call.abandon(rpcError('OPERATION_ABORTED', 'client closed the connection'));
    try {
      if (call.files.length > 0) this.#sendFiles(call, procedure, value);
      else writeReply(this.peer.output.writer, call, procedure.ret, value);
    } catch (error) {
      call.abandon(error);
      return this.#fail(call, tooLarge(procedure, error));
    }
    if (call.stream) this.streams.open(call, call.stream);
  }

  #sendFiles(call: Call<State>, { ret }: Procedure<Call<State>>, value: unknown): void {
    const reply = replyWithFiles(call, ret, value, call.files.length);
    const fds = call.files.map(({ fd }) => fd);
    void this.peer.output.sendFiles(reply, fds).then(() => call.closeFiles());
  }

  #fail(call: CallIdentity, error: unknown): void {
    if (!this.peer.closed) writeErrorReply(this.peer.output.writer, call, wireErrorOf(error));
  }
}

function decode(procedure: Procedure<never>, message: IncomingMessage): unknown {
  try {
    return procedure.args().read(message.reader);
  } catch (error) {
    if (error instanceof XdrError) throw rpcError('RPC', 'Unable to decode message payload', { cause: error });
    throw error;
  }
}

/** An answer over a limit of the protocol, or one of a handler that broke its type. */
const tooLarge = (procedure: Procedure<never>, error: unknown): unknown =>
  error instanceof XdrError
    ? rpcError('RPC', `Unable to encode message payload of ${procedure.api}`, { cause: error })
    : error;

const unsupported = ({ row, api }: Procedure<never>): Error => errorsFrom(originOf(row, api))('NO_SUPPORT', api);

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;
