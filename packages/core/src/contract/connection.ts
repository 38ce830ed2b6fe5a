import type { BlockJobFacet, JobsFacet, SecurityFacet, TuningFacet } from './facets/jobs.js';
import type { ConsoleFacet, NativeFacet } from './facets/console.js';
import type { ConfigurationFacet, DevicesFacet, DomainFacet, LifecycleFacet } from './facets/domain.js';
import type { EventsFacet } from './facets/events.js';
import type { GuestFacet } from './facets/guest.js';
import type { CpuModelsFacet, HostFacet, HostTuningFacet } from './facets/host.js';
import type { MigrationFacet } from './facets/migration.js';
import type { NetworkFacet } from './facets/network.js';
import type { AssignmentFacet, InterfaceFacet, NodeDeviceFacet, NwfilterFacet, SecretFacet } from './facets/node.js';
import type { SavedImageFacet } from './facets/saved-image.js';
import type { BackupFacet, CheckpointFacet, SnapshotFacet } from './facets/snapshot.js';
import type { StatisticsFacet } from './facets/statistics.js';
import type { StorageFacet } from './facets/storage.js';

/** What even the poorest hypervisor can do. */
export interface RequiredFacets {
  readonly host: HostFacet;
  readonly domain: DomainFacet;
}
/** Everything else. Absent means `NO_SUPPORT`, raised by the kernel in one place. */
export interface OptionalFacets {
  readonly lifecycle: LifecycleFacet;
  readonly configuration: ConfigurationFacet;
  readonly devices: DevicesFacet;
  readonly events: EventsFacet;
  readonly statistics: StatisticsFacet;
  readonly console: ConsoleFacet;
  readonly native: NativeFacet;
  readonly guest: GuestFacet;
  readonly jobs: JobsFacet;
  readonly tuning: TuningFacet;
  readonly blockJob: BlockJobFacet;
  readonly savedImage: SavedImageFacet;
  readonly snapshot: SnapshotFacet;
  readonly checkpoint: CheckpointFacet;
  readonly backup: BackupFacet;
  readonly migration: MigrationFacet;
  readonly security: SecurityFacet;
  readonly cpuModels: CpuModelsFacet;
  readonly hostTuning: HostTuningFacet;
  readonly storage: StorageFacet;
  readonly network: NetworkFacet;
  readonly interface: InterfaceFacet;
  readonly nodeDevice: NodeDeviceFacet;
  readonly assignment: AssignmentFacet;
  readonly secret: SecretFacet;
  readonly nwfilter: NwfilterFacet;
}
export type Facets = RequiredFacets & OptionalFacets;
export type FacetName = keyof Facets;

/** `snapshot.revert`, `host.type`, … */
export type Operation = { [F in FacetName]: `${F}.${keyof Facets[F] & string}` }[FacetName];
/** Option names (former flag bits) understood, per operation; any other is refused by the kernel with `unsupported flags`. */
export type Accepts = { readonly [O in Operation]?: readonly string[] };

/** A connection has facets for every object kind: a remote driver brings its own storage and networks. */
export interface Connection extends RequiredFacets, Partial<OptionalFacets> {
  readonly accepts: Accepts;
  /** As clients print it; absent: the uri it was opened with. @libvirt virConnectGetURI */
  readonly uri?: string;
  /** How the driver itself reaches its hypervisor. @libvirt virConnectIsEncrypted, virConnectIsSecure */
  readonly link: { readonly encrypted: boolean; readonly secure: boolean };
  alive(): boolean;
  close(): Promise<void>;
}

/** Narrows to a connection that has the facet. */
export function has<C extends Connection, F extends keyof OptionalFacets>(
  connection: C,
  facet: F,
): connection is C & Required<Pick<OptionalFacets, F>> {
  return connection[facet] !== undefined;
}
/** Whether one operation is really there. */
export function supports(connection: Connection, operation: Operation): boolean {
  const [facet, method] = operation.split('.') as [FacetName, string];
  const home: object | undefined = connection[facet];
  return home !== undefined && typeof Reflect.get(home, method) === 'function';
}
