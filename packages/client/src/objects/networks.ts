import type { RetOut, remote } from '@virtkit/protocol';
import type { Caller } from './caller.js';

export type NetworkHandle = RetOut<typeof remote, 'networkLookupByName'>['net'];

/** A virtual network. @libvirt virNetwork */
export class Network {
  readonly #connection: Caller;
  readonly handle: NetworkHandle;

  constructor(connection: Caller, handle: NetworkHandle) {
    this.#connection = connection;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  get uuid(): string {
    return this.handle.uuid;
  }
  /** Its document: the live one, `inactive` the persistent one. @libvirt virNetworkGetXMLDesc */
  async xml(options: { readonly inactive?: boolean } = {}): Promise<string> {
    return (await this.#connection.remote.networkGetXMLDesc({ net: this.handle, flags: options.inactive ? 1 : 0 })).xml;
  }
  /** @libvirt virNetworkCreate */
  async start(): Promise<void> {
    await this.#connection.remote.networkCreate({ net: this.handle });
  }
  /** Stops it; a transient one is gone then. @libvirt virNetworkDestroy */
  async destroy(): Promise<void> {
    await this.#connection.remote.networkDestroy({ net: this.handle });
  }
  /** Forgets its configuration; a running one becomes transient. @libvirt virNetworkUndefine */
  async undefine(): Promise<void> {
    await this.#connection.remote.networkUndefine({ net: this.handle });
  }
  /** @libvirt virNetworkIsActive */
  async active(): Promise<boolean> {
    return (await this.#connection.remote.networkIsActive({ net: this.handle })).active !== 0;
  }
}

/** The networks of a connection. Failures are {@link LibvirtError}s. */
export class Networks {
  readonly #connection: Caller;

  constructor(connection: Caller) {
    this.#connection = connection;
  }

  /** Running or not. @libvirt virConnectListAllNetworks */
  async list(): Promise<readonly Network[]> {
    const { nets } = await this.#connection.remote.connectListAllNetworks({ needResults: 1, flags: 0 });
    return nets.map((handle) => new Network(this.#connection, handle));
  }
  /** @throws LibvirtError `errorCode.noNetwork`. @libvirt virNetworkLookupByName */
  async lookupByName(name: string): Promise<Network> {
    return new Network(this.#connection, (await this.#connection.remote.networkLookupByName({ name })).net);
  }
  /** Keeps a definition, new or changed, without starting it. @libvirt virNetworkDefineXML */
  async define(xml: string): Promise<Network> {
    return new Network(this.#connection, (await this.#connection.remote.networkDefineXML({ xml })).net);
  }
}
