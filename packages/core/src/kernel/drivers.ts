import type { Connection, OptionalFacets } from '../contract/connection.js';
import type { HypervisorDriver, SubsystemFacet } from '../contract/driver.js';
import { DomainJobs } from '../jobs/domain-jobs.js';
import { DocumentCache } from './documents/document-cache.js';
import type { Documents } from './documents/documents.js';
import { SchemaDocuments } from './documents/schema-documents.js';
import type { ContributionEntry } from './plugins/contribution-entry.js';
import type { PluginHost } from './plugins/plugin-host.js';
import type { DriverIdentity } from './driver-identity.js';
import type { EventSources } from './session/session-events.js';

/** A loaded hypervisor driver with what all its connections share. */
export interface LoadedDriver {
  readonly identity: DriverIdentity;
  readonly driver: HypervisorDriver;
  readonly documents: Documents;
  readonly cache: DocumentCache;
  readonly jobs: DomainJobs;
}

const subsystemFacets: readonly SubsystemFacet[] = [
  'storage',
  'network',
  'interface',
  'nodeDevice',
  'secret',
  'nwfilter',
];

/** Hypervisor drivers, and the subsystems that complete the connections of local ones. */
export class Drivers {
  readonly #loaded = new Map<ContributionEntry, Promise<LoadedDriver>>();

  constructor(private readonly plugins: PluginHost) {}

  load(entry: ContributionEntry): Promise<LoadedDriver> {
    let loading = this.#loaded.get(entry);
    if (loading === undefined) {
      loading = this.#make(entry);
      this.#loaded.set(entry, loading);
    }
    return loading;
  }

  async #make(entry: ContributionEntry): Promise<LoadedDriver> {
    const driver = await this.plugins.hypervisor(entry);
    const identity = { name: entry.contribution.name, origin: driver.origin ?? 'DOMAIN' } as const;
    return {
      identity,
      driver,
      documents: new SchemaDocuments(driver.dialect),
      cache: new DocumentCache(),
      jobs: new DomainJobs(),
    };
  }

  /** A local connection gets from subsystems what its driver does not bring itself; a remote one stays as it is. */
  async complete(
    driver: LoadedDriver,
    connection: Connection,
  ): Promise<{ connection: Connection; sources: EventSources }> {
    const own = driver.identity.name;
    const sources: { -readonly [K in keyof EventSources]: EventSources[K] } = { domain: own };
    if (driver.driver.traits.state === 'remote') return { connection, sources: allFrom(own) };
    const facets: { -readonly [F in SubsystemFacet]?: OptionalFacets[F] } = {};
    let accepts = connection.accepts;
    for (const facet of subsystemFacets) {
      const kind = eventedKinds[facet];
      if (connection[facet] !== undefined) {
        if (kind !== undefined) sources[kind] = own;
        continue;
      }
      const subsystem = await this.#subsystem(facet);
      if (subsystem === undefined) continue;
      Object.assign(facets, { [facet]: subsystem.implementation });
      accepts = { ...subsystem.accepts, ...accepts };
      if (kind !== undefined) sources[kind] = subsystem.name;
    }
    return { connection: merged(connection, facets, accepts), sources };
  }

  async #subsystem(facet: SubsystemFacet) {
    const entry = this.plugins.entries('subsystem').find(({ contribution }) => contribution.facet === facet);
    if (entry === undefined) return undefined;
    try {
      const subsystem = await this.plugins.subsystem(facet);
      return subsystem === undefined ? undefined : { ...subsystem, name: entry.contribution.name };
    } catch {
      // It is in the report with its cause; to clients the function is not there.
      return undefined;
    }
  }
}

const eventedKinds = {
  storage: 'storagePool',
  network: 'network',
  nodeDevice: 'nodeDevice',
  secret: 'secret',
  interface: undefined,
  nwfilter: undefined,
} as const;

const allFrom = (name: string): EventSources => ({
  domain: name,
  storagePool: name,
  network: name,
  nodeDevice: name,
  secret: name,
});

const facetNames: readonly (keyof OptionalFacets)[] = [
  'lifecycle',
  'configuration',
  'devices',
  'events',
  'statistics',
  'console',
  'native',
  'guest',
  'jobs',
  'tuning',
  'blockJob',
  'savedImage',
  'snapshot',
  'checkpoint',
  'backup',
  'migration',
  'security',
  'cpuModels',
  'hostTuning',
  'assignment',
  ...subsystemFacets,
];

/** A new object: the driver's own may be a class instance that must not be copied or changed. */
function merged(connection: Connection, added: Partial<OptionalFacets>, accepts: Connection['accepts']): Connection {
  const facets: Record<string, unknown> = { ...added };
  for (const name of facetNames) if (connection[name] !== undefined) facets[name] = connection[name];
  return {
    ...facets,
    host: connection.host,
    domain: connection.domain,
    accepts,
    link: connection.link,
    ...(connection.uri !== undefined && { uri: connection.uri }),
    alive: () => connection.alive(),
    close: () => connection.close(),
  };
}
