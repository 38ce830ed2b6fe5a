import type { StoragePool, StorageVolume } from '@virtkit/schema';
import type { ByteRange, ByteSink, ByteSource } from '../bytes.js';
import type { Call } from '../call.js';
import type { ActivatableSummary, ObjectRef, VolumeRef } from '../references.js';

export interface PoolSummary extends ActivatableSummary {
  readonly type: string;
}
export interface PoolInfo {
  readonly state: 'inactive' | 'building' | 'running' | 'degraded' | 'inaccessible';
  /** Bytes. */
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly available: bigint;
}
export interface VolumeInfo {
  readonly type: 'file' | 'block' | 'dir' | 'network' | 'netdir' | 'ploop';
  /** Bytes. */
  readonly capacity: bigint;
  readonly allocation: bigint;
}
export type VolumeKey =
  | { readonly pool: ObjectRef; readonly name: string }
  | { readonly key: string }
  | { readonly path: string };
export interface BuildOptions {
  readonly overwrite?: boolean;
  readonly noOverwrite?: boolean;
  readonly repair?: boolean;
  readonly resize?: boolean;
}
export type WipeAlgorithm =
  | 'zero'
  | 'nnsa'
  | 'dod'
  | 'bsi'
  | 'gutmann'
  | 'schneier'
  | 'pfitzner7'
  | 'pfitzner33'
  | 'random'
  | 'trim';

/** Pools and volumes. Counts, name lists, look-ups, is-active, is-persistent are derived by the kernel. */
export interface StorageFacet {
  list(call: Call): Promise<readonly PoolSummary[]>;
  /** Absent: the kernel searches the list. */
  find?(by: { readonly uuid: string } | { readonly name: string }, call: Call): Promise<PoolSummary | undefined>;
  definition(pool: ObjectRef, which: 'current' | 'persistent', call: Call): Promise<StoragePool>;
  info?(pool: ObjectRef, call: Call): Promise<PoolInfo>;
  volumes(pool: ObjectRef, call: Call): Promise<readonly VolumeRef[]>;
  /** Undefined: there is none (the kernel words the error). */
  findVolume(by: VolumeKey, call: Call): Promise<VolumeRef | undefined>;
  volume(volume: VolumeRef, call: Call): Promise<StorageVolume>;
  volumeInfo?(volume: VolumeRef, options: { readonly physical?: boolean }, call: Call): Promise<VolumeInfo>;
  volumePath(volume: VolumeRef, call: Call): Promise<string>;
  define?(definition: StoragePool, call: Call): Promise<ObjectRef>;
  undefine?(pool: ObjectRef, call: Call): Promise<void>;
  createTransient?(
    definition: StoragePool,
    options: BuildOptions & { readonly build?: boolean },
    call: Call,
  ): Promise<ObjectRef>;
  start?(pool: ObjectRef, options: BuildOptions & { readonly build?: boolean }, call: Call): Promise<void>;
  stop?(pool: ObjectRef, call: Call): Promise<void>;
  build?(pool: ObjectRef, options: BuildOptions, call: Call): Promise<void>;
  /** Removes the pool's own storage. @libvirt virStoragePoolDelete */
  delete?(pool: ObjectRef, options: { readonly zeroed?: boolean }, call: Call): Promise<void>;
  refresh?(pool: ObjectRef, call: Call): Promise<void>;
  setAutostart?(pool: ObjectRef, value: boolean, call: Call): Promise<void>;
  findByTargetPath?(path: string, call: Call): Promise<ObjectRef | undefined>;
  /** A `<sources>` document. */
  discoverSources?(type: string, sourceXml: string | undefined, call: Call): Promise<string>;
  /** A `<storagepoolCapabilities>` document. */
  poolCapabilities?(call: Call): Promise<string>;
  createVolume?(
    pool: ObjectRef,
    definition: StorageVolume,
    options: VolumeCreateOptions,
    call: Call,
  ): Promise<VolumeRef>;
  createVolumeFrom?(
    pool: ObjectRef,
    definition: StorageVolume,
    from: VolumeRef,
    options: VolumeCreateOptions,
    call: Call,
  ): Promise<VolumeRef>;
  deleteVolume?(
    volume: VolumeRef,
    options: { readonly zeroed?: boolean; readonly withSnapshots?: boolean },
    call: Call,
  ): Promise<void>;
  wipeVolume?(volume: VolumeRef, algorithm: WipeAlgorithm, call: Call): Promise<void>;
  /** Bytes. */
  resizeVolume?(
    volume: VolumeRef,
    capacity: bigint,
    options: { readonly allocate?: boolean; readonly delta?: boolean; readonly shrink?: boolean },
    call: Call,
  ): Promise<void>;
  read?(volume: VolumeRef, range: ByteRange, options: { readonly sparse?: boolean }, call: Call): Promise<ByteSource>;
  write?(volume: VolumeRef, range: ByteRange, options: { readonly sparse?: boolean }, call: Call): Promise<ByteSink>;
  generation?(pool: ObjectRef): number | undefined;
}
export interface VolumeCreateOptions {
  readonly preallocMetadata?: boolean;
  readonly reflink?: boolean;
  readonly validate?: boolean;
}
