import type { ErrorOrigin, NetworkPort, StoragePool, StorageVolume } from '@virtkit/schema';
import type { ByteRange, ByteSink, ByteSource } from './bytes.js';
import type { OpenCall } from './call.js';
import type { Connection, OptionalFacets } from './connection.js';
import type { Dialect } from './dialect.js';
import type { BuildOptions, VolumeCreateOptions, WipeAlgorithm } from './facets/storage.js';
import type { ConnectUri } from './uri.js';

export interface HypervisorDriver<C extends Connection = Connection> {
  readonly traits: {
    /** Who owns the guests' state: this host's driver, or something behind a network. */
    readonly state: 'host' | 'remote';
  };
  readonly dialect: Dialect;
  /** Which of libvirt's error domains its errors come from (`QEMU`, `ESX`); default: `DOMAIN`. */
  readonly origin?: ErrorOrigin;
  /** The uri this driver would serve here when a client names none; undefined: not on this host. */
  probe?(signal: AbortSignal): Promise<string | undefined>;
  /** @libvirt virConnectOpenAuth */
  open(uri: ConnectUri, call: OpenCall): Promise<C>;
  /** Only with `traits.state` `host`. */
  readonly service?: StatefulService;
}
export interface StatefulService {
  /** Loads what is on disk, finds running guests again, starts what is marked. */
  initialize(signal: AbortSignal): Promise<void>;
  /** SIGHUP. */
  reload?(): Promise<void>;
  /** Lets go without touching guests. */
  stop(): Promise<void>;
}

export type SubsystemFacet = 'storage' | 'network' | 'interface' | 'nodeDevice' | 'secret' | 'nwfilter';
/** One facet for every local connection (storage, network, …), itself built from backends. */
export interface Subsystem<F extends SubsystemFacet = SubsystemFacet> {
  readonly facet: F;
  readonly implementation: OptionalFacets[F];
  readonly accepts: Connection['accepts'];
  readonly service: StatefulService;
}

export interface PoolContents {
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly available: bigint;
  readonly volumes: readonly StorageVolume[];
}
/** A pool type. Pools come completed and validated; a missing method means the pool type cannot do it. */
export interface StorageBackend {
  readonly types: readonly string[];
  /** Whether the pool is there although nobody started it (a directory that exists, a mounted volume group). */
  check?(pool: StoragePool, signal: AbortSignal): Promise<boolean>;
  start?(pool: StoragePool, signal: AbortSignal): Promise<void>;
  stop?(pool: StoragePool, signal: AbortSignal): Promise<void>;
  build?(pool: StoragePool, options: BuildOptions, signal: AbortSignal): Promise<void>;
  delete?(pool: StoragePool, signal: AbortSignal): Promise<void>;
  /** Everything in it; a file that is no volume is left out, never an error. */
  refresh(pool: StoragePool, signal: AbortSignal): Promise<PoolContents>;
  refreshVolume?(pool: StoragePool, volume: StorageVolume, signal: AbortSignal): Promise<StorageVolume>;
  /** Fills in key and path without touching the store. */
  prepareVolume?(pool: StoragePool, volume: StorageVolume): StorageVolume;
  createVolume?(
    pool: StoragePool,
    volume: StorageVolume,
    source: StorageVolume | undefined,
    options: VolumeCreateOptions,
    signal: AbortSignal,
  ): Promise<void>;
  deleteVolume?(pool: StoragePool, volume: StorageVolume, signal: AbortSignal): Promise<void>;
  resizeVolume?(
    pool: StoragePool,
    volume: StorageVolume,
    capacity: bigint,
    options: { readonly allocate?: boolean },
    signal: AbortSignal,
  ): Promise<void>;
  wipeVolume?(pool: StoragePool, volume: StorageVolume, algorithm: WipeAlgorithm, signal: AbortSignal): Promise<void>;
  read?(
    pool: StoragePool,
    volume: StorageVolume,
    range: ByteRange,
    options: { readonly sparse?: boolean },
    signal: AbortSignal,
  ): Promise<ByteSource>;
  write?(
    pool: StoragePool,
    volume: StorageVolume,
    range: ByteRange,
    options: { readonly sparse?: boolean },
    signal: AbortSignal,
  ): Promise<ByteSink>;
  /** A `<sources>` document. */
  discover?(source: string | undefined, signal: AbortSignal): Promise<string>;
}

/** What a network wants of the packet filter, in the network's words; the backend finds its own. */
export interface NetworkFirewall {
  readonly name: string;
  readonly bridge: string;
  readonly mode: 'isolated' | 'nat' | 'route' | 'open';
  readonly forwardDevice?: string;
  readonly subnets: readonly {
    readonly family: 'ipv4' | 'ipv6';
    readonly address: string;
    readonly prefix: number;
    readonly dhcp: boolean;
    readonly tftp: boolean;
  }[];
  readonly natAddress?: { readonly start: string; readonly end: string };
  readonly natPorts?: { readonly start: number; readonly end: number };
  readonly natIpv6: boolean;
}
export interface FirewallBackend {
  /** Undefined when it can work here, else why not. */
  unavailable(signal: AbortSignal): Promise<string | undefined>;
  /** All rules of one network at once; replaces what the network had. */
  apply(network: NetworkFirewall, signal: AbortSignal): Promise<void>;
  remove(network: string, signal: AbortSignal): Promise<void>;
  /** Names of networks that have rules now, to clean up after a crash. */
  owners(signal: AbortSignal): Promise<readonly string[]>;
}

/** How a guest's interface is plugged into a network: what `createPort` filled in. */
export type PluggedPort = NetworkPort;

export interface Contributions {
  hypervisor: HypervisorDriver;
  subsystem: Subsystem;
  storageBackend: StorageBackend;
  firewall: FirewallBackend;
}
export type ContributionKind = keyof Contributions;
