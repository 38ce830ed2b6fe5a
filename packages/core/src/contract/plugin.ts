import type { Connection, OptionalFacets } from './connection.js';
import type {
  ContributionKind,
  Contributions,
  FirewallBackend,
  HypervisorDriver,
  StorageBackend,
  Subsystem,
  SubsystemFacet,
} from './driver.js';
import type { EventSink } from './facets/events.js';
import type { Directories, HostServices, Logger } from './services.js';
import type { ObjectKind, ObjectStore } from './state.js';

/** The version of this contract. A plugin written for another one is refused with both numbers. */
export const apiVersion = 1;

export interface PluginContext {
  readonly apiVersion: number;
  /** Of the plugin's own package, as its package.json says; undefined where that says none. */
  readonly version: string | undefined;
  /** Aborted when the daemon ends. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The plugin's section of the daemon's configuration. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly directories: Directories;
  /** Session mode: everything runs as the calling user, without privileges. */
  readonly session: boolean;
  readonly host: HostServices;
  readonly events: EventSink;
  /** Registry, files, status and jobs for a kind of object this plugin owns; stateless drivers never call it. */
  store<D, R>(kind: ObjectKind<D, R>): ObjectStore<D, R>;
  /** What another part offers, as the facet a client sees and under the daemon's own identity; undefined: not installed. */
  peer<F extends SubsystemFacet>(facet: F): Promise<OptionalFacets[F] | undefined>;
  /** Backends of a subsystem, by the names in their manifests; loaded when first asked for. */
  storageBackend(type: string): Promise<StorageBackend | undefined>;
  firewall(): Promise<FirewallBackend | undefined>;
}

export interface Plugin<K extends ContributionKind = ContributionKind, T extends Contributions[K] = Contributions[K]> {
  readonly kind: K;
  readonly name: string;
  readonly apiVersion: number;
  setup(context: PluginContext): T | Promise<T>;
}

/**
 * Declares a plugin; the default export of its `./plugin` module. Keeps the connection's own type, so that a facet the
 * driver lacks does not compile, while `setup` and `open` keep their full signature.
 */
export function definePlugin<C extends Connection>(
  plugin: Plugin<'hypervisor', HypervisorDriver<C>>,
): Plugin<'hypervisor', HypervisorDriver<C>>;
export function definePlugin<F extends SubsystemFacet>(
  plugin: Plugin<'subsystem', Subsystem<F>>,
): Plugin<'subsystem', Subsystem<F>>;
export function definePlugin<K extends Exclude<ContributionKind, 'hypervisor' | 'subsystem'>>(
  plugin: Plugin<K>,
): Plugin<K>;
export function definePlugin(plugin: unknown): unknown {
  return plugin;
}

/** The `virtkit` section of a plugin's package.json: read before anything is imported. */
export interface PluginManifest {
  readonly apiVersion: number;
  readonly contributes: readonly Contribution[];
}
export interface Contribution {
  readonly kind: ContributionKind;
  readonly name: string;
  /** Hypervisors: the uri schemes served. */
  readonly schemes?: readonly string[];
  /** Hypervisors: reached over the network by the driver itself, so clients open it in their own process, not through a daemon. */
  readonly inProcess?: boolean;
  /** Hypervisors: the optional facets a connection has. The conformance kit fails when it and the connection disagree. */
  readonly facets?: readonly (keyof OptionalFacets)[];
  /** Hypervisors with state on this host: loaded when the daemon starts, to find running guests and start marked ones. */
  readonly startup?: boolean;
  /** Subsystems. */
  readonly facet?: SubsystemFacet;
  /** Storage backends: the pool types. */
  readonly types?: readonly string[];
  /** An export of the package: `./plugin`. */
  readonly module: string;
}
