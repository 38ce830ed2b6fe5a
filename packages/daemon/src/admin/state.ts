import type { Call, Client, ClientState } from '../client.js';
import type { ServerLimits } from '../server.js';

/** A client as the administration sees it. */
export type AdministeredClient = Pick<Client, 'id' | 'connectedAt' | 'rules' | 'peer'>;

/** A server as the administration sees it. @libvirt virAdmServer */
export interface AdministeredServer {
  readonly name: string;
  readonly limits: ServerLimits;
  readonly clientCount: number;
  readonly clients: readonly AdministeredClient[];
  /** @throws VirtError `NO_CLIENT` */
  client(id: number): AdministeredClient;
}

/** What the administration may see and change. */
export interface Administered {
  /** Every server of the daemon, the administration's own included. */
  readonly servers: readonly AdministeredServer[];
  /** Seconds without clients after which the daemon ends; 0: never. */
  setTimeout(seconds: number): void;
  /** Ends the daemon; guests live on. */
  shutdown(): void;
}

/** A client of the administration. */
export class AdminState implements ClientState {
  readonly authenticated = true;
  opened = false;

  constructor(readonly daemon: Administered) {}

  gone(): void {
    this.opened = false;
  }
}

export type AdminCall = Call<AdminState>;
