import type { Call, StorageBackend, StorageFacet, VolumeCreateOptions, VolumeRef } from '@virtkit/core';
import type { StorageVolume } from '@virtkit/schema';
import { storageError } from '../errors.js';
import type { PoolState } from './contents.js';
import { type Pools, type StoredPool, volumeRef } from './pools.js';

type Creation = Required<Pick<StorageFacet, 'createVolume' | 'createVolumeFrom'>>;

interface Order {
  readonly pool: StoredPool;
  readonly state: PoolState;
  readonly backend: StorageBackend;
  readonly definition: StorageVolume;
  readonly source?: StorageVolume;
  readonly options: VolumeCreateOptions;
  readonly call: Call;
}

/** New volumes, empty or as a copy. The pool stays open for others meanwhile. */
export function volumeCreation(pools: Pools): Creation {
  return {
    async createVolume(ref, definition, options, call) {
      const pool = pools.active(ref);
      const state = pools.state(pool);
      refuseName(definition.name);
      if (state.volume(definition.name) !== undefined || state.making.has(definition.name))
        throw storageError('STORAGE_VOL_EXIST', `'${definition.name}'`);
      const backend = await pools.backend(pool.current().type);
      return make({ pool, state, backend, definition, options, call }, pools);
    },

    async createVolumeFrom(ref, definition, from, options, call) {
      const pool = pools.active(ref);
      const state = pools.state(pool);
      const original = pools.volume(from);
      refuseName(definition.name);
      if (state.volume(definition.name) !== undefined || state.making.has(definition.name))
        throw storageError('INTERNAL_ERROR', `storage volume name '${definition.name}' already in use.`);
      original.state.refuseMaking(original.volume.name);
      const backend = await pools.backend(pool.current().type);
      using _used = original.state.use(original.volume.name);
      original.state.jobs += 1;
      try {
        const sized = atLeast(definition, original.volume);
        return await make({ pool, state, backend, definition: sized, source: original.volume, options, call }, pools);
      } finally {
        original.state.jobs -= 1;
      }
    },
  };
}

/** A copy is never smaller than what it is copied from. */
function atLeast(definition: StorageVolume, { capacity }: StorageVolume): StorageVolume {
  const wholly = definition.allocation === definition.capacity;
  const larger = definition.capacity > capacity ? definition.capacity : capacity;
  return { ...definition, capacity: larger, allocation: wholly ? larger : definition.allocation };
}

/** Names become files: what would leave the directory or cannot be spoken of is refused, also where libvirt is lenient. */
function refuseName(name: string): void {
  if (name.includes('/')) throw storageError('OPERATION_INVALID', `volume name '${name}' cannot contain '/'`);
  if (name === '.' || name === '..')
    throw storageError('OPERATION_INVALID', `volume name '${name}' cannot be used for a file`);
  for (const character of name)
    if (character < ' ' || character === '\x7f')
      throw storageError('OPERATION_INVALID', 'volume name cannot contain control characters');
}

async function make(order: Order, pools: Pools): Promise<VolumeRef> {
  const { backend, pool, state, definition, source, options, call } = order;
  if (backend.createVolume === undefined || backend.prepareVolume === undefined)
    throw storageError('NO_SUPPORT', 'storage pool does not support volume creation');
  const { signal } = call;
  const volume = backend.prepareVolume(pool.current(), definition);
  state.making.add(volume.name);
  state.jobs += 1;
  try {
    await backend.createVolume(pool.current(), volume, source, options, signal);
    const made = (await backend.refreshVolume?.(pool.current(), volume, signal)) ?? volume;
    state.put(made);
    state.allocate(made.allocation);
    pools.store.touch(pool);
    return volumeRef(pool, made);
  } finally {
    state.jobs -= 1;
    state.making.delete(volume.name);
  }
}
