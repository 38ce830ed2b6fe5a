import type { ObjectRef, ObjectStore, PluginContext, StorageBackend, StoredObject, VolumeRef } from '@virtkit/core';
import type { StoragePool, StorageVolume } from '@virtkit/schema';
import { poolTypeNames } from '@virtkit/schema';
import { storageError } from '../errors.js';
import { keyOf, PoolState } from './contents.js';
import { poolKind, type PoolRuntime } from './pool-kind.js';

export type StoredPool = StoredObject<StoragePool, PoolRuntime>;

/** All pools with what is known of them, shared by the operations of the facet. */
export class Pools {
  readonly store: ObjectStore<StoragePool, PoolRuntime>;
  readonly #states = new Map<string, PoolState>();

  constructor(readonly context: PluginContext) {
    this.store = context.store(poolKind);
  }

  /** Throws when there is none with this uuid. */
  pool(ref: ObjectRef): StoredPool {
    const found = this.store.byUuid(ref.uuid);
    if (found !== undefined) return found;
    throw storageError('NO_STORAGE_POOL', `no storage pool with matching uuid '${ref.uuid}' (${ref.name})`);
  }

  active(ref: ObjectRef): StoredPool {
    const pool = this.pool(ref);
    if (pool.active) return pool;
    throw storageError('OPERATION_INVALID', `storage pool '${pool.name}' is not active`);
  }

  state(pool: StoredPool): PoolState {
    const known = this.#states.get(pool.uuid);
    if (known !== undefined) return known;
    const fresh = new PoolState();
    this.#states.set(pool.uuid, fresh);
    return fresh;
  }
  forget(uuid: string): void {
    this.#states.delete(uuid);
  }

  refuseBusy(pool: StoredPool): void {
    if (this.state(pool).jobs > 0)
      throw storageError('INTERNAL_ERROR', `pool '${pool.name}' has asynchronous jobs running.`);
  }

  async backend(type: StoragePool['type']): Promise<StorageBackend> {
    const backend = await this.context.storageBackend(type);
    if (backend !== undefined) return backend;
    throw storageError('INTERNAL_ERROR', `missing backend for pool type ${poolTypeNames.indexOf(type)} (${type})`);
  }

  /** The pool of a volume and the volume itself. Throws libvirt's errors for each that is missing. */
  volume(ref: VolumeRef): { readonly pool: StoredPool; readonly state: PoolState; readonly volume: StorageVolume } {
    const pool = this.store.byName(ref.pool);
    if (pool === undefined) throw storageError('NO_STORAGE_POOL', `no storage pool with matching name '${ref.pool}'`);
    this.active(pool.ref);
    const state = this.state(pool);
    const volume = state.volume(ref.name);
    if (volume !== undefined) return { pool, state, volume };
    throw storageError('NO_STORAGE_VOL', `no storage vol with matching name '${ref.name}'`);
  }
}

export const volumeRef = (pool: StoredPool, volume: StorageVolume): VolumeRef => ({
  pool: pool.name,
  name: volume.name,
  key: keyOf(volume),
});
