/** Objects: the uuid decides; name and id are what the driver knows now, never what a client sent. */

export interface ObjectRef {
  /** Lower case, with hyphens. */
  readonly uuid: string;
  readonly name: string;
}
export interface DomainRef extends ObjectRef {
  /** Present while the domain is active. */
  readonly id?: number;
}
export interface VolumeRef {
  readonly pool: string;
  readonly name: string;
  readonly key: string;
}
export interface NetworkPortRef {
  readonly network: ObjectRef;
  readonly uuid: string;
}
export interface SnapshotRef {
  readonly domain: DomainRef;
  readonly name: string;
}
export interface InterfaceRef {
  readonly name: string;
  readonly mac: string;
}
export interface SecretRef {
  readonly uuid: string;
  readonly usageType: 'none' | 'volume' | 'ceph' | 'iscsi' | 'tls' | 'vtpm';
  readonly usageId: string;
}

/** What `list` says of every object kind that can be active, persistent and started with the host. */
export interface ActivatableSummary<R extends ObjectRef = ObjectRef> {
  readonly ref: R;
  readonly active: boolean;
  readonly persistent: boolean;
  readonly autostart: boolean;
}

export type DomainStateName =
  | 'nostate'
  | 'running'
  | 'blocked'
  | 'paused'
  | 'shutdown'
  | 'shutoff'
  | 'crashed'
  | 'pmsuspended';

/** `reason` is libvirt's word below the state (`booted`, `user`, `destroyed` …); the protocol's tables give the numbers. */
export interface DomainState {
  readonly state: DomainStateName;
  readonly reason: string;
}
export interface DomainSummary extends ActivatableSummary<DomainRef> {
  readonly state: DomainState;
  readonly hasManagedSave: boolean;
  readonly autostartOnce?: boolean;
  readonly snapshots?: number;
  readonly checkpoints?: number;
  readonly title?: string;
}
export interface DomainInfo {
  readonly state: DomainState;
  readonly maxMemoryKiB: number;
  readonly memoryKiB: number;
  readonly vcpus: number;
  readonly cpuTimeNs: bigint;
}

/** Which of a domain's two definitions an operation means; neither: the current one. */
export interface Target {
  readonly live?: boolean;
  readonly config?: boolean;
}
