import { errorsFrom } from '@virtkit/schema';
import { type Call, Client, type ClientRules, type ClientState } from './client.js';
import type { Dispatcher } from './dispatch/dispatcher.js';
import type { OutputBatch } from './transport/output.js';
import type { ReadingSocket } from './transport/read-buffer.js';

const adminError = errorsFrom('ADMIN');

export interface ServerLimits {
  maxClients: number;
  /** Calls one client may have in flight. */
  maxRequests: number;
}

/** What one socket of a server gives its clients. */
export interface Entrance<State extends ClientState> {
  readonly readOnly: boolean;
  readonly dispatcher: Dispatcher<Call<State>>;
  makeState(client: Client<State>): State;
}

/** The clients of one kind of socket: the hypervisor's, or the administration's. @libvirt virAdmServer */
export class DaemonServer<State extends ClientState = ClientState> {
  readonly #clients = new Map<number, Client<State>>();
  #nextId = 1;

  constructor(
    readonly name: string,
    readonly limits: ServerLimits,
    private readonly batch: OutputBatch,
    private readonly keepalive: ClientRules['keepalive'],
    private readonly onChange: () => void,
  ) {}

  get clients(): readonly Client<State>[] {
    return [...this.#clients.values()];
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Takes a new connection; over the limit it is closed at once. */
  accept(socket: ReadingSocket, { readOnly, dispatcher, makeState }: Entrance<State>): void {
    if (this.#clients.size >= this.limits.maxClients) return void socket.socket.destroy();
    const rules: ClientRules = { readOnly, maxRequests: this.limits.maxRequests, keepalive: this.keepalive };
    const id = this.#nextId++;
    const client = new Client(id, socket, this.batch, dispatcher, rules, makeState, () => this.#leave(id));
    this.#clients.set(id, client);
    this.onChange();
  }

  /** @throws VirtError `NO_CLIENT` */
  client(id: number): Client<State> {
    const client = this.#clients.get(id);
    if (client === undefined) throw adminError('NO_CLIENT', `No client with matching ID '${id}'`);
    return client;
  }

  /** Ends every connection. */
  closeAll(): void {
    for (const client of this.clients) client.peer.destroy();
  }

  #leave(id: number): void {
    this.#clients.delete(id);
    this.onChange();
  }
}
