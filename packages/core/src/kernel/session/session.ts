import type { Connection } from '../../contract/connection.js';
import { Checkpoints } from './checkpoints.js';
import { DomainDevices } from './domain-devices.js';
import {
  DomainBackups,
  DomainBlockJobs,
  DomainConsole,
  DomainGuest,
  DomainMigration,
  DomainNative,
  DomainSecurity,
  DomainTuning,
} from './domain-parts.js';
import { Domains } from './domains.js';
import { Host } from './host.js';
import { Jobs } from './jobs.js';
import { NetworkPorts } from './network-ports.js';
import { Networks } from './networks.js';
import { Interfaces, NodeDevices, NwfilterBindings, Nwfilters, Secrets } from './node-objects.js';
import { SavedImages } from './saved-images.js';
import type { SessionEvents } from './session-events.js';
import type { SessionParts } from './session-parts.js';
import { Snapshots } from './snapshots.js';
import { Statistics } from './statistics.js';
import { StoragePools } from './storage-pools.js';
import { StorageVolumes } from './storage-volumes.js';

/**
 * One client's connection to one hypervisor: what the daemon's dispatch and programs in process call. Every method
 * resolves the object, checks access and options, and only then calls the driver; errors are `VirtError`s with
 * libvirt's number and text.
 */
export class Session {
  #domains: Domains | undefined;
  readonly #parts: SessionParts;
  readonly #made = new Map<new (parts: SessionParts) => object, object>();
  #closed = false;

  constructor(
    parts: SessionParts,
    /** As clients print it. @libvirt virConnectGetURI */
    readonly uri: string,
    readonly events: SessionEvents,
    /** The connection as the driver opened it, without what subsystems of the host added. */
    readonly driverConnection: Connection,
  ) {
    this.#parts = parts;
  }

  /** All facets there are, the driver's own and those of the host's subsystems. */
  get connection(): Connection {
    return this.#parts.pipeline.connection;
  }
  get readOnly(): boolean {
    return this.#parts.pipeline.caller.readOnly;
  }
  /** The driver's scheme: `qemu`. */
  get driver(): string {
    return this.#parts.pipeline.driver.name;
  }
  alive(): boolean {
    return !this.#closed && this.connection.alive();
  }
  /** @libvirt virConnectIsEncrypted */
  get encrypted(): boolean {
    return this.connection.link.encrypted;
  }
  /** @libvirt virConnectIsSecure */
  get secure(): boolean {
    return this.connection.link.secure;
  }

  get domains(): Domains {
    this.#domains ??= new Domains(this.#parts);
    return this.#domains;
  }
  get host(): Host {
    return this.#part(Host);
  }
  get devices(): DomainDevices {
    return this.#part(DomainDevices);
  }
  get statistics(): Statistics {
    return this.#part(Statistics);
  }
  get console(): InstanceType<typeof DomainConsole> {
    return this.#part(DomainConsole);
  }
  get guest(): InstanceType<typeof DomainGuest> {
    return this.#part(DomainGuest);
  }
  get tuning(): InstanceType<typeof DomainTuning> {
    return this.#part(DomainTuning);
  }
  get jobs(): Jobs {
    return this.#part(Jobs);
  }
  get blockJobs(): InstanceType<typeof DomainBlockJobs> {
    return this.#part(DomainBlockJobs);
  }
  get savedImages(): SavedImages {
    return this.#part(SavedImages);
  }
  get snapshots(): Snapshots {
    return this.#part(Snapshots);
  }
  get checkpoints(): Checkpoints {
    return this.#part(Checkpoints);
  }
  get backups(): InstanceType<typeof DomainBackups> {
    return this.#part(DomainBackups);
  }
  get migration(): DomainMigration {
    return this.#part(DomainMigration);
  }
  get security(): InstanceType<typeof DomainSecurity> {
    return this.#part(DomainSecurity);
  }
  get native(): DomainNative {
    return this.#part(DomainNative);
  }
  get storagePools(): StoragePools {
    return this.#part(StoragePools);
  }
  get storageVolumes(): StorageVolumes {
    return this.#part(StorageVolumes);
  }
  get networks(): Networks {
    return this.#part(Networks);
  }
  get networkPorts(): NetworkPorts {
    return this.#part(NetworkPorts);
  }
  get interfaces(): Interfaces {
    return this.#part(Interfaces);
  }
  get nodeDevices(): NodeDevices {
    return this.#part(NodeDevices);
  }
  get secrets(): Secrets {
    return this.#part(Secrets);
  }
  get nwfilters(): Nwfilters {
    return this.#part(Nwfilters);
  }
  get nwfilterBindings(): NwfilterBindings {
    return this.#part(NwfilterBindings);
  }

  /** Ends watches and the driver's connection. Guests are not touched. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.events.close();
    await this.driverConnection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #part<T extends object>(Part: new (parts: SessionParts) => T): T {
    const made = this.#made.get(Part);
    // The map holds for each class an instance of that class.
    if (made !== undefined) return made as T;
    const part = new Part(this.#parts);
    this.#made.set(Part, part);
    return part;
  }
}
