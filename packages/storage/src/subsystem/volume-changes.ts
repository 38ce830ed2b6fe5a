import type { StorageFacet } from '@virtkit/core';
import { storageError, unsupportedFlags } from '../errors.js';
import { type Pools } from './pools.js';

type Changes = Required<Pick<StorageFacet, 'deleteVolume' | 'resizeVolume' | 'wipeVolume'>>;
const noSupport = (what: string) => storageError('NO_SUPPORT', `storage pool does not support ${what}`);

/** Changes of volumes that are there. */
export function volumeChanges(pools: Pools): Changes {
  return {
    async deleteVolume(ref, options, call) {
      const { pool, state, volume } = pools.volume(ref);
      refuseDeleteOptions(options);
      state.refuseUsed(volume.name);
      state.refuseMaking(volume.name);
      const backend = await pools.backend(pool.current().type);
      if (backend.deleteVolume === undefined) throw noSupport('vol deletion');
      await backend.deleteVolume(pool.current(), volume, call.signal);
      state.remove(volume);
      state.allocate(-volume.allocation);
      pools.store.touch(pool);
    },

    async resizeVolume(ref, capacity, options, call) {
      const { pool, state, volume } = pools.volume(ref);
      state.refuseUsed(volume.name);
      state.refuseMaking(volume.name);
      const size = newSize(volume.capacity, capacity, options);
      refuseSize(
        size,
        { capacity: volume.capacity, allocation: volume.allocation, available: state.available },
        options,
      );
      const backend = await pools.backend(pool.current().type);
      if (backend.resizeVolume === undefined) throw noSupport('changing of volume capacity');
      const { allocate } = options;
      const plain = allocate === undefined ? {} : { allocate };
      await backend.resizeVolume(pool.current(), volume, size, plain, call.signal);
      const changed = { ...volume, capacity: size, allocation: allocate === true ? size : volume.allocation };
      state.put(changed);
      if (allocate === true) state.allocate(size - volume.capacity);
      pools.store.touch(pool);
    },

    async wipeVolume(ref, algorithm, call) {
      const { pool, state, volume } = pools.volume(ref);
      state.refuseUsed(volume.name);
      state.refuseMaking(volume.name);
      const backend = await pools.backend(pool.current().type);
      if (backend.wipeVolume === undefined) throw noSupport('vol wiping');
      using _used = state.use(volume.name);
      await backend.wipeVolume(pool.current(), volume, algorithm, call.signal);
    },
  };
}

/** No backend here has snapshots of volumes, or wipes what it deletes. */
function refuseDeleteOptions({
  zeroed,
  withSnapshots,
}: {
  readonly zeroed?: boolean;
  readonly withSnapshots?: boolean;
}): void {
  const bits = (zeroed === true ? 1 : 0) + (withSnapshots === true ? 2 : 0);
  if (bits > 0) throw unsupportedFlags(bits, 'virStorageBackendVolDeleteLocal');
}

interface ResizeOptions {
  readonly allocate?: boolean;
  readonly delta?: boolean;
  readonly shrink?: boolean;
}

function newSize(now: bigint, asked: bigint, { delta, shrink }: ResizeOptions): bigint {
  if (delta !== true) return asked;
  if (shrink !== true) return now + asked;
  return now > asked ? now - asked : 0n;
}

interface Sizes {
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly available: bigint;
}
function refuseSize(size: bigint, now: Sizes, { shrink, allocate }: ResizeOptions): void {
  if (size < now.allocation) throw storageError('INVALID_ARG', "can't shrink capacity below existing allocation");
  if (size < now.capacity && shrink !== true)
    throw storageError(
      'INVALID_ARG',
      "Can't shrink capacity below current capacity unless shrink flag explicitly specified",
    );
  if (allocate === true && size > now.capacity + now.available)
    throw storageError('OPERATION_FAILED', 'Not enough space left in storage pool');
}
