import type { Kernel, Logger } from '@virtkit/core';
import { admin, lxc, qemu, remote } from '@virtkit/protocol';
import { adminHandlers } from './admin/handlers.js';
import { type AdminCall, AdminState } from './admin/state.js';
import { Dispatcher, serve } from './dispatch/dispatcher.js';
import { IdleTimeout } from './idle-timeout.js';
import { qemuHandlers } from './qemu.js';
import { remoteHandlers } from './remote/handlers.js';
import { type RemoteCall, RemoteState } from './remote/state.js';
import { DaemonServer, type Entrance } from './server.js';
import { listen, type Listener, type SocketAddress } from './transport/listener.js';
import { OutputBatch } from './transport/output.js';

export type SocketRole = 'read-write' | 'read-only' | 'admin';

export interface DaemonSocket extends SocketAddress {
  readonly role: SocketRole;
}

export interface DaemonOptions {
  /** Already started, or about to be. */
  readonly kernel: Pick<Kernel, 'open' | 'hasRules'>;
  readonly logger: Logger;
  readonly sockets: readonly DaemonSocket[];
  readonly maxClients?: number;
  /** Calls one client may have in flight. Default: 5. */
  readonly maxRequests?: number;
  /** Default: a ping after 5 s of silence, five unanswered ones end the connection. */
  readonly keepalive?: { readonly intervalMs: number; readonly count: number };
  /** Seconds without any client after which `onIdle` is called. Default: never. */
  readonly timeoutSeconds?: number;
  /** The daemon has nothing to do any more, or the administration asked it to end. */
  readonly onEnd?: () => void;
}

const defaults = { maxClients: 5000, maxRequests: 5, keepalive: { intervalMs: 5000, count: 5 } };

/** The sockets of a daemon over one kernel: libvirt's protocol for clients, the admin program for its operator. */
export class Daemon implements AsyncDisposable {
  readonly #batch = new OutputBatch();
  readonly #main: DaemonServer<RemoteState>;
  readonly #admin: DaemonServer<AdminState>;
  readonly #idle: IdleTimeout;
  readonly #listeners: Listener[] = [];

  constructor(private readonly options: DaemonOptions) {
    const { maxClients, maxRequests, keepalive } = { ...defaults, ...options };
    this.#idle = new IdleTimeout(options.timeoutSeconds ?? 0, () => options.onEnd?.());
    const onChange = (): void => this.#idle.update(this.clientCount === 0);
    this.#main = new DaemonServer('virtkitd', { maxClients, maxRequests }, this.#batch, keepalive, onChange);
    this.#admin = new DaemonServer('admin', { maxClients: 5, maxRequests }, this.#batch, keepalive, onChange);
  }

  get clientCount(): number {
    return this.#main.clientCount + this.#admin.clientCount;
  }

  /** Listens on all sockets. @throws VirtError naming the socket that cannot be had; those before it are let go again */
  async listen(): Promise<void> {
    const mainDispatcher = new Dispatcher<RemoteCall>([
      serve(remote, remoteHandlers),
      serve(qemu, qemuHandlers),
      serve(lxc, {}),
    ]);
    const adminDispatcher = new Dispatcher<AdminCall>([serve(admin, adminHandlers)]);
    try {
      for (const socket of this.options.sockets) {
        const listener =
          socket.role === 'admin'
            ? await this.#listenFor(this.#admin, socket, this.#adminEntrance(adminDispatcher))
            : await this.#listenFor(this.#main, socket, this.#entrance(mainDispatcher, socket.role === 'read-only'));
        this.#listeners.push(listener);
      }
    } catch (error) {
      await this.#stopListening();
      throw error;
    }
    this.#idle.update(true);
  }

  /** Stops listening, ends every connection and what is tied to it. The kernel is left to its owner. */
  async close(): Promise<void> {
    this.#idle.stop();
    const stopped = this.#stopListening();
    this.#main.closeAll();
    this.#admin.closeAll();
    await stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #listenFor<S extends RemoteState | AdminState>(
    server: DaemonServer<S>,
    socket: DaemonSocket,
    entrance: Entrance<S>,
  ): Promise<Listener> {
    return listen(socket, (client) => server.accept(client, entrance));
  }

  #entrance(dispatcher: Dispatcher<RemoteCall>, readOnly: boolean): Entrance<RemoteState> {
    const report = (cause: unknown): void => this.options.logger.warning('client left something behind', { cause });
    return { readOnly, dispatcher, makeState: (client) => new RemoteState(client, this.options.kernel, report) };
  }

  #adminEntrance(dispatcher: Dispatcher<AdminCall>): Entrance<AdminState> {
    const daemon = {
      servers: [this.#main, this.#admin],
      setTimeout: (seconds: number) => this.#idle.change(seconds, this.clientCount === 0),
      shutdown: () => this.options.onEnd?.(),
    };
    return { readOnly: false, dispatcher, makeState: () => new AdminState(daemon) };
  }

  async #stopListening(): Promise<void> {
    await Promise.all(this.#listeners.splice(0).map((listener) => listener[Symbol.asyncDispose]()));
  }
}
