import type { Duplex } from 'node:stream';
import { type CallName, type Client, type Program, qemu, remote, type RetOut, type ArgsIn } from '@virtkit/protocol';
import { ConnectionError } from './errors.js';
import { type KeepaliveOptions, startKeepalive } from './keepalive.js';
import type { Caller } from './objects/caller.js';
import { Domains } from './objects/domains.js';
import { Networks } from './objects/networks.js';
import { StoragePools } from './objects/storage-pools.js';
import { programClient } from './program-client.js';
import { RpcConnection } from './rpc/connection.js';
import type { ByteStream } from './rpc/stream.js';
import { openTransport } from './transport/open.js';
import { parseRemoteUri } from './uri.js';

const FEATURE_KEEPALIVE = 10;
const AUTH = { none: 0, sasl: 1, polkit: 2 } as const;

export interface ConnectOptions {
  readonly readOnly?: boolean;
  readonly signal?: AbortSignal;
  readonly keepalive?: KeepaliveOptions;
  /** An open way to a daemon instead of the uri's own (an embedded kernel, a tunnel); the uri is asked for as it is. */
  readonly transport?: Duplex;
}

/**
 * A connection to a libvirt or virtkit daemon.
 *
 * `await using connection = await connect('qemu:///system')` closes it at the end of the block.
 * @libvirt virConnect
 */
export class Connection implements Caller, AsyncDisposable {
  /** Every procedure of libvirt's protocol, typed. */
  readonly remote: Client<typeof remote>;
  /** QEMU's own: monitor and agent commands. */
  readonly qemu: Client<typeof qemu>;
  readonly domains: Domains;
  readonly storagePools: StoragePools;
  readonly networks: Networks;
  readonly #rpc: RpcConnection;
  readonly #keepalive: Disposable;

  constructor(rpc: RpcConnection, keepalive: Disposable) {
    this.#rpc = rpc;
    this.#keepalive = keepalive;
    this.remote = programClient(rpc, remote);
    this.qemu = programClient(rpc, qemu);
    this.domains = new Domains(this);
    this.storagePools = new StoragePools(this);
    this.networks = new Networks(this);
  }

  /** The protocol below: events and streams of any program. */
  get rpc(): RpcConnection {
    return this.#rpc;
  }

  /** Resolves when the connection is over, with the cause if it was not `close`. */
  get closed(): Promise<Error | undefined> {
    return this.#rpc.closed;
  }

  /** A call that opens a stream. */
  openStream<P extends Program, K extends CallName<P>>(
    program: P,
    name: K,
    args: ArgsIn<P, K>,
  ): Promise<{ readonly reply: RetOut<P, K>; readonly stream: ByteStream }> {
    return this.#rpc.openStream(program, name, args);
  }

  /** The hypervisor's uri as the daemon names it. @libvirt virConnectGetURI */
  async uri(): Promise<string> {
    return (await this.remote.connectGetURI({})).uri;
  }

  async hostname(): Promise<string> {
    return (await this.remote.connectGetHostname({})).hostname;
  }

  /** @returns the capabilities document */
  async capabilities(): Promise<string> {
    return (await this.remote.connectGetCapabilities({})).capabilities;
  }

  /** Says goodbye and ends the connection. @libvirt virConnectClose */
  async close(): Promise<void> {
    this.#keepalive[Symbol.dispose]();
    const gone = this.#rpc.closed;
    await Promise.race([this.remote.connectClose({}).catch(() => undefined), gone]); // a daemon that is gone needs no goodbye
    this.#rpc.end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function authenticate(client: Client<typeof remote>): Promise<void> {
  const { types } = await client.authList({});
  const type = types[0] ?? AUTH.none;
  if (type === AUTH.polkit) await client.authPolkit({});
  else if (type !== AUTH.none)
    throw new ConnectionError(`the daemon asks for authentication ${type}, which this client does not have`);
}

function given({ transport }: ConnectOptions): Duplex {
  if (transport === undefined) throw new TypeError('no transport was given');
  return transport;
}

/**
 * Connects to the daemon of a uri and opens its hypervisor.
 * @param uri `qemu:///system`, `qemu+ssh://host/system`, `qemu+unix:///session?socket=PATH` …
 * @throws ConnectionError when the daemon cannot be reached; LibvirtError when it refuses
 * @libvirt virConnectOpenAuth
 */
export async function connect(uri: string, options: ConnectOptions = {}): Promise<Connection> {
  const target = options.transport === undefined ? parseRemoteUri(uri) : undefined;
  const way = {
    readOnly: options.readOnly ?? false,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const rpc = new RpcConnection(target === undefined ? given(options) : await openTransport(target, way));
  try {
    const client = programClient(rpc, remote);
    await authenticate(client);
    const { supported } = await client.connectSupportsFeature({ feature: FEATURE_KEEPALIVE });
    await client.connectOpen({ name: target?.name ?? uri, flags: way.readOnly ? 1 : 0 });
    const keepalive = supported === 0 ? { interval: 0 } : (options.keepalive ?? {});
    return new Connection(rpc, startKeepalive(rpc, keepalive));
  } catch (cause) {
    rpc.end();
    throw cause;
  }
}
