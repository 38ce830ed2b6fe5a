import type { DomainStateName, OptionalFacets } from '@virtkit/core';

/** A guest as a target names it. */
export interface GuestHandle {
  readonly uuid: string;
  readonly name: string;
  readonly id?: number;
}
export interface PoolHandle {
  readonly uuid: string;
  readonly name: string;
}
export interface VolumeHandle {
  readonly pool: string;
  readonly name: string;
  readonly key: string;
}
export interface GuestFigures {
  readonly state: DomainStateName;
  readonly maxMemoryKiB: number;
  readonly memoryKiB: number;
  readonly vcpus: number;
}
/** `event` and `detail` in libvirt's words. */
export interface LifecycleNotice {
  readonly name: string;
  readonly event: string;
  readonly detail: string;
}
export interface Notices extends AsyncDisposable {
  /** Everything that came so far, in order. */
  readonly seen: readonly LifecycleNotice[];
}

/** Libvirt's number and origin of a failure. */
export interface FailureNumbers {
  readonly code: number;
  readonly origin: number;
  readonly message: string;
}

/**
 * What the kit asks of a connection, the same whether it is a session of a kernel in this process or a client's
 * connection to a daemon. Failures reject with an error `failureOf` understands.
 */
export interface Target extends AsyncDisposable {
  readonly way: 'direct' | 'wire';
  failureOf(error: unknown): FailureNumbers | undefined;
  type(): Promise<string>;
  uri(): Promise<string>;
  capabilities(): Promise<string>;

  guests(filter?: { readonly active?: boolean; readonly inactive?: boolean }): Promise<readonly GuestHandle[]>;
  activeIds(): Promise<readonly number[]>;
  inactiveNames(): Promise<readonly string[]>;
  counts(): Promise<{ readonly active: number; readonly inactive: number }>;
  guestByName(name: string): Promise<GuestHandle>;
  guestByUuid(uuid: string): Promise<GuestHandle>;
  guestById(id: number): Promise<GuestHandle>;
  figures(guest: GuestHandle): Promise<GuestFigures>;
  isActive(guest: GuestHandle): Promise<boolean>;
  isPersistent(guest: GuestHandle): Promise<boolean>;
  document(guest: GuestHandle, options?: { readonly inactive?: boolean }): Promise<string>;
  autostart(guest: GuestHandle): Promise<boolean>;

  define(xml: string): Promise<GuestHandle>;
  createTransient(xml: string): Promise<GuestHandle>;
  undefine(guest: GuestHandle): Promise<void>;
  start(guest: GuestHandle, options?: { readonly paused?: boolean }): Promise<GuestHandle>;
  destroy(guest: GuestHandle): Promise<void>;
  shutdown(guest: GuestHandle): Promise<void>;
  suspend(guest: GuestHandle): Promise<void>;
  resume(guest: GuestHandle): Promise<void>;
  reset(guest: GuestHandle): Promise<void>;
  setAutostart(guest: GuestHandle, value: boolean): Promise<void>;
  rename(guest: GuestHandle, name: string): Promise<GuestHandle>;
  setMemory(guest: GuestHandle, kib: number): Promise<void>;
  setTitle(guest: GuestHandle, title: string): Promise<void>;
  attach(guest: GuestHandle, device: string): Promise<void>;
  detach(guest: GuestHandle, device: string): Promise<void>;
  notices(): Promise<Notices>;

  statisticsOfAll(): Promise<readonly { readonly name: string; readonly state: DomainStateName | undefined }[]>;
  snapshots(guest: GuestHandle): Promise<readonly string[]>;
  createSnapshot(guest: GuestHandle, xml: string): Promise<string>;
  currentSnapshot(guest: GuestHandle): Promise<string>;
  revert(guest: GuestHandle, snapshot: string): Promise<void>;
  deleteSnapshot(guest: GuestHandle, snapshot: string): Promise<void>;

  checkpoints(guest: GuestHandle): Promise<readonly string[]>;
  managedSave(guest: GuestHandle): Promise<void>;
  hasManagedSave(guest: GuestHandle): Promise<boolean>;
  schedulerType(guest: GuestHandle): Promise<string>;
  sendKeys(guest: GuestHandle, keys: readonly number[]): Promise<void>;
  /** Names, and the document of one. */
  interfaces(): Promise<readonly string[]>;
  interfaceDocument(name: string): Promise<string>;
  nodeDevices(): Promise<readonly string[]>;
  nodeDeviceDocument(name: string): Promise<string>;

  pools(): Promise<readonly PoolHandle[]>;
  definePool(xml: string): Promise<PoolHandle>;
  startPool(pool: PoolHandle): Promise<void>;
  stopPool(pool: PoolHandle): Promise<void>;
  undefinePool(pool: PoolHandle): Promise<void>;
  volumes(pool: PoolHandle): Promise<readonly string[]>;
  createVolume(pool: PoolHandle, xml: string): Promise<VolumeHandle>;
  volumeByPath(path: string): Promise<VolumeHandle>;
  volumePath(volume: VolumeHandle): Promise<string>;
  deleteVolume(volume: VolumeHandle): Promise<void>;

  networks(): Promise<readonly PoolHandle[]>;
  defineNetwork(xml: string): Promise<PoolHandle>;
  startNetwork(network: PoolHandle): Promise<void>;
  stopNetwork(network: PoolHandle): Promise<void>;
  undefineNetwork(network: PoolHandle): Promise<void>;
  isNetworkActive(network: PoolHandle): Promise<boolean>;

  /** One harmless call of a facet, for finding out that it is not there. */
  probe(facet: ProbedFacet, guest: GuestHandle): Promise<unknown>;
}

/** Facets whose absence a client can see. Events and jobs are the kernel's where a driver has none. */
export type ProbedFacet = Exclude<keyof OptionalFacets, 'events' | 'jobs'>;
