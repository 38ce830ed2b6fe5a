import { type Identity, Scope, type Session } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';
import type { Call, Client, ClientState } from '../client.js';
import type { Procedure } from '../dispatch/dispatcher.js';
import { Callbacks } from './callbacks.js';
import { refuseReadOnly } from './read-only.js';
import { openSession, type SessionSource } from './session-opener.js';

const rpcError = errorsFrom('RPC');

/** What a client of the main program has beyond its bytes. */
export class RemoteState implements ClientState {
  readonly authenticated = true;
  readonly callbacks: Callbacks;
  /** Registered for the hypervisor connection's end. */
  closeCallback = false;
  readonly #scope: Scope;
  readonly #ended = new AbortController();
  #session: Session | undefined;
  #readOnly: boolean;
  #opening = false;

  constructor(
    readonly client: Client<RemoteState>,
    private readonly kernel: SessionSource,
    private readonly report: (error: unknown) => void,
  ) {
    this.#readOnly = client.rules.readOnly;
    this.callbacks = new Callbacks(client);
    this.#scope = new Scope(client.id, report);
  }

  /** @throws VirtError while no hypervisor connection is open */
  get session(): Session {
    if (this.#session === undefined) throw rpcError('INTERNAL_ERROR', 'hypervisor connection not open');
    return this.#session;
  }

  /** The driver's answer, or false before a connection is open. */
  supportsFeature(feature: number): boolean {
    return this.#session?.host.supportsFeature(feature) ?? false;
  }

  get readOnly(): boolean {
    return this.#readOnly;
  }

  check(procedure: Procedure<never>): void {
    if (this.#readOnly) refuseReadOnly(procedure);
  }

  /** A second open fails and drops the first, as in libvirt. */
  async open(uri: string | undefined, readOnly: boolean): Promise<void> {
    if (this.#session !== undefined || this.#opening) {
      await this.close();
      throw rpcError('INTERNAL_ERROR', 'connection already open');
    }
    this.#opening = true;
    try {
      const { signal } = this.#ended;
      const limited = readOnly || this.#readOnly;
      const identity = await this.#identity();
      const session = await openSession(this.kernel, uri, { identity, readOnly: limited, scope: this.#scope, signal });
      if (signal.aborted) return await session.close();
      this.#session = session;
      this.#readOnly = limited;
    } finally {
      this.#opening = false;
    }
  }

  /** Who the client is, where rules ask for it; nobody where the native package is missing. */
  async #identity(): Promise<Identity> {
    return (this.kernel.hasRules ? await this.client.peer.identity() : undefined) ?? {};
  }

  /** Drops callbacks, runs what is tied to the client, ends the session. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.callbacks.clear();
    await this.#scope.close();
    await session?.close();
  }

  gone(): void {
    this.#ended.abort(rpcError('OPERATION_ABORTED', 'client closed the connection'));
    this.close().catch(this.report);
  }
}

export type RemoteCall = Call<RemoteState>;
