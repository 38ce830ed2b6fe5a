import type { StorageFacet } from '@virtkit/core';
import { sanitizedPath, type StorageVolume } from '@virtkit/schema';
import type { PoolState } from './contents.js';
import { type Pools, type StoredPool, volumeRef } from './pools.js';

type Queries = Required<Pick<StorageFacet, 'volumes' | 'findVolume' | 'volume' | 'volumeInfo' | 'volumePath'>>;

/** What volumes there are and what they look like now. */
export function volumeQueries(pools: Pools): Queries {
  return {
    async volumes(ref) {
      const pool = pools.active(ref);
      return Array.from(pools.state(pool).volumes(), (volume) => volumeRef(pool, volume));
    },
    async findVolume(by) {
      if ('pool' in by) {
        const pool = pools.active(by.pool);
        const volume = pools.state(pool).volume(by.name);
        return volume === undefined ? undefined : volumeRef(pool, volume);
      }
      return 'key' in by
        ? search(pools, (state) => state.volumeByKey(by.key))
        : search(pools, (state) => state.volumeByPath(sanitizedPath(by.path)));
    },
    volume: (ref, call) => refreshed(pools, pools.volume(ref), call.signal),
    async volumeInfo(ref, options, call) {
      const volume = await refreshed(pools, pools.volume(ref), call.signal);
      const allocation = options.physical === true ? (volume.physical ?? 0n) : volume.allocation;
      return { type: volume.type, capacity: volume.capacity, allocation };
    },
    volumePath: async (ref) => pools.volume(ref).volume.target.path ?? '',
  };
}

function search(pools: Pools, find: (state: PoolState) => StorageVolume | undefined) {
  for (const pool of pools.store.all()) {
    const volume = pool.active ? find(pools.state(pool)) : undefined;
    if (volume !== undefined) return volumeRef(pool, volume);
  }
  return undefined;
}

interface Known {
  readonly pool: StoredPool;
  readonly state: PoolState;
  readonly volume: StorageVolume;
}

/** The volume measured again; what was measured is remembered. */
export async function refreshed(
  pools: Pools,
  { pool, state, volume }: Known,
  signal: AbortSignal,
): Promise<StorageVolume> {
  const backend = await pools.backend(pool.current().type);
  if (backend.refreshVolume === undefined) return volume;
  const fresh = await backend.refreshVolume(pool.current(), volume, signal);
  if (state.volume(volume.name) !== undefined) state.put(fresh);
  return fresh;
}
