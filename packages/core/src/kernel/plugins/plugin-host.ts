import { errorsFrom } from '@virtkit/schema';
import type { OptionalFacets } from '../../contract/connection.js';
import type {
  ContributionKind,
  Contributions,
  FirewallBackend,
  HypervisorDriver,
  StatefulService,
  StorageBackend,
  Subsystem,
  SubsystemFacet,
} from '../../contract/driver.js';
import { apiVersion, type Plugin, type PluginContext } from '../../contract/plugin.js';
import type { Logger } from '../../contract/services.js';
import type { EventBus } from '../../events/event-bus.js';
import type { ObjectStores } from '../../objects/object-stores.js';
import type { KernelOptions } from '../options.js';
import type { ContributionEntry, PluginReport } from './contribution-entry.js';
import { discover, type DiscoveryFailure } from './discovery.js';
import { refuseOtherVersion } from './manifest.js';

const defaultLoadSeconds = 60;

/** Knows all contributions, and loads each when it is first asked for. */
export class PluginHost {
  readonly #entries: readonly ContributionEntry[];
  readonly #failures: readonly DiscoveryFailure[];
  readonly #loaded = new Map<ContributionEntry, Promise<unknown>>();
  readonly #services: StatefulService[] = [];
  readonly #ended = new AbortController();
  readonly #logger: Logger;

  constructor(
    private readonly options: KernelOptions,
    private readonly bus: EventBus,
    private readonly stores: ObjectStores,
  ) {
    const { entries, failures } = discover(options.plugins);
    const disabled = options.config?.plugins?.disabled ?? [];
    for (const entry of entries) if (isNamed(entry, disabled)) entry.state = 'disabled';
    this.#entries = entries;
    this.#failures = failures;
    this.#logger = options.logger.child('plugins');
    for (const { package: name, cause } of failures) this.#logger.error('plugin is unusable', { plugin: name, cause });
    options.signal?.addEventListener('abort', () => this.#ended.abort(), { once: true });
  }

  /** Everything that was found, with its state; broken packages included. */
  report(): readonly PluginReport[] {
    const broken = this.#failures.map(
      ({ package: name, cause }): PluginReport => ({
        package: name,
        version: undefined,
        kind: '-',
        name: '-',
        state: 'failed',
        cause: words(cause),
      }),
    );
    return [...this.#entries.map(describe), ...broken];
  }

  entries(kind: ContributionKind): readonly ContributionEntry[] {
    return this.#entries.filter(({ contribution }) => contribution.kind === kind);
  }

  hypervisorEntry(scheme: string): ContributionEntry | undefined {
    return this.entries('hypervisor').find(({ contribution }) => contribution.schemes?.includes(scheme));
  }

  /** Throws why the plugin cannot be used; the reason stays in the report. */
  hypervisor(entry: ContributionEntry): Promise<HypervisorDriver> {
    return this.#load('hypervisor', entry);
  }

  async subsystem<F extends SubsystemFacet>(facet: F): Promise<Subsystem<F> | undefined> {
    const entry = this.entries('subsystem').find(
      ({ contribution, state }) => contribution.facet === facet && state !== 'disabled',
    );
    if (entry === undefined) return undefined;
    const subsystem = await this.#load('subsystem', entry);
    // The entry was chosen by its facet; the conformance kit checks that the plugin keeps that promise.
    return subsystem as Subsystem<F>;
  }

  async storageBackend(type: string): Promise<StorageBackend | undefined> {
    const entry = this.entries('storageBackend').find(({ contribution }) => contribution.types?.includes(type));
    return entry === undefined ? undefined : this.#load('storageBackend', entry);
  }

  async firewall(): Promise<FirewallBackend | undefined> {
    for (const entry of this.entries('firewall')) {
      const backend = await this.#loadOrReport('firewall', entry);
      if (backend !== undefined && (await backend.unavailable(this.#ended.signal)) === undefined) return backend;
    }
    return undefined;
  }

  /** Loads what must run from the start: subsystems, then hypervisors that look after guests of this host. */
  async start(): Promise<void> {
    const hypervisors = this.entries('hypervisor').filter(
      (entry) => entry.contribution.startup === true || this.#isRequired(entry),
    );
    // Their modules are read while subsystems wait for the programs they run.
    for (const entry of hypervisors) if (entry.state === 'available') entry.load().catch(() => undefined);
    for (const entry of this.entries('subsystem')) await this.#loadOrReport('subsystem', entry);
    for (const entry of hypervisors) await this.#loadOrReport('hypervisor', entry);
    this.#requireNamed();
  }

  async reload(): Promise<void> {
    for (const service of this.#services) await service.reload?.();
  }

  /** Services end in reverse order; one that fails does not keep the others. */
  async stop(): Promise<void> {
    for (const service of this.#services.toReversed()) {
      try {
        await service.stop();
      } catch (cause) {
        this.#logger.error('service did not stop cleanly', { cause });
      }
    }
    this.#services.length = 0;
    this.stores.close();
    this.#ended.abort();
  }

  async #loadOrReport<K extends ContributionKind>(
    kind: K,
    entry: ContributionEntry,
  ): Promise<Contributions[K] | undefined> {
    if (entry.state === 'disabled') return undefined;
    try {
      return await this.#load(kind, entry);
    } catch (cause) {
      if (this.#isRequired(entry)) throw cause;
      return undefined;
    }
  }

  #load<K extends ContributionKind>(kind: K, entry: ContributionEntry): Promise<Contributions[K]> {
    let loading = this.#loaded.get(entry);
    if (loading === undefined) {
      loading = this.#setUp(entry);
      this.#loaded.set(entry, loading);
    }
    // What an entry of this kind sets up is a contribution of this kind; `#setUp` compared both.
    return loading as Promise<Contributions[K]>;
  }

  async #setUp(entry: ContributionEntry): Promise<unknown> {
    if (entry.state === 'disabled') throw disabledError(entry);
    if (entry.state === 'refused') throw entry.cause;
    try {
      const seconds = this.options.config?.plugins?.loadTimeoutSeconds ?? defaultLoadSeconds;
      const late = `plugin ${entry.package} did not load within ${seconds} s`;
      const contribution = await within(seconds * 1_000, late, this.#make(entry));
      entry.state = 'loaded';
      return contribution;
    } catch (cause) {
      entry.state = 'failed';
      entry.cause = cause;
      this.#logger.error('plugin failed to load', { plugin: entry.package, name: entry.contribution.name, cause });
      throw cause;
    }
  }

  async #make(entry: ContributionEntry): Promise<unknown> {
    const plugin = pluginOf(await entry.load(), entry);
    const contribution: unknown = await plugin.setup(this.#context(entry));
    await this.#initialize(contribution);
    return contribution;
  }

  async #initialize(contribution: unknown): Promise<void> {
    const service = (contribution as { readonly service?: StatefulService }).service;
    if (service === undefined) return;
    await service.initialize(this.#ended.signal);
    this.#services.push(service);
  }

  #context({ contribution, version }: ContributionEntry): PluginContext {
    const { options } = this;
    const logger = options.logger.child(contribution.name);
    return {
      apiVersion,
      version,
      signal: this.#ended.signal,
      logger,
      config: options.config?.sections?.[contribution.name] ?? {},
      directories: options.directories,
      session: options.session === true,
      host: options.host,
      events: this.bus.sink(contribution.name),
      store: (kind) => this.stores.open(kind, logger),
      peer: (facet) => this.#peer(facet),
      storageBackend: (type) => this.storageBackend(type),
      firewall: () => this.firewall(),
    };
  }

  async #peer<F extends SubsystemFacet>(facet: F): Promise<OptionalFacets[F] | undefined> {
    return (await this.subsystem(facet))?.implementation;
  }

  #isRequired(entry: ContributionEntry): boolean {
    return isNamed(entry, this.options.config?.plugins?.required ?? []);
  }

  #requireNamed(): void {
    for (const name of this.options.config?.plugins?.required ?? [])
      if (!this.#entries.some((entry) => isNamed(entry, [name])))
        throw errorsFrom('NONE')('CONFIG_UNSUPPORTED', `required plugin '${name}' is not installed`);
  }
}

/** Rejects when it takes longer; what comes later is dropped. */
async function within<T>(ms: number, message: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(errorsFrom('NONE')('OPERATION_TIMEOUT', message)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function pluginOf(module: unknown, entry: ContributionEntry): Plugin {
  const plugin: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;
  if (typeof plugin !== 'object' || plugin === null || typeof Reflect.get(plugin, 'setup') !== 'function')
    throw errorsFrom('NONE')(
      'CONFIG_UNSUPPORTED',
      `${entry.package}: ${entry.contribution.module} has no plugin as its default export`,
    );
  // Shape and kind are checked here, once.
  const found = plugin as Plugin;
  refuseOtherVersion(entry.package, found.apiVersion);
  if (found.kind !== entry.contribution.kind)
    throw errorsFrom('NONE')(
      'CONFIG_UNSUPPORTED',
      `${entry.package} declares a ${entry.contribution.kind} and exports a ${found.kind}`,
    );
  return found;
}

function isNamed(entry: ContributionEntry, names: readonly string[]): boolean {
  return names.includes(entry.package) || names.includes(entry.contribution.name);
}

function describe(entry: ContributionEntry): PluginReport {
  const { contribution, state } = entry;
  const base = {
    package: entry.package,
    version: entry.version,
    kind: contribution.kind,
    name: contribution.name,
    state,
  };
  return entry.cause === undefined ? base : { ...base, cause: words(entry.cause) };
}

const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const disabledError = ({ contribution }: ContributionEntry): Error =>
  errorsFrom('NONE')('CONFIG_UNSUPPORTED', `plugin '${contribution.name}' is disabled in the configuration`);
