import type { BuildOptions, Call, StorageFacet } from '@virtkit/core';
import type { StoragePool } from '@virtkit/schema';
import { storageError, unsupportedFlags } from '../errors.js';
import type { Pools, StoredPool } from './pools.js';
import { refuseConflict } from './source-conflict.js';

type Lifecycle = Required<Pick<StorageFacet, 'createTransient' | 'start' | 'stop' | 'build' | 'delete' | 'refresh'>>;
type Build = BuildOptions & { readonly build?: boolean };

/** What makes pools come and go. Each runs alone on its pool. */
export function poolLifecycle(pools: Pools): Lifecycle {
  const { store, context } = pools;
  const tell = (pool: StoredPool, event: string): void =>
    context.events.object('storagePool', pool.ref, { type: 'lifecycle', event });
  const alone = <T>(pool: StoredPool, call: Call, body: (pool: StoredPool) => Promise<T>): Promise<T> =>
    store.run(pool, 'modify', call, body);

  return {
    async createTransient(definition, options, call) {
      const existing = store.byUuid(definition.uuid);
      if (existing?.active === true && existing.name === definition.name)
        throw storageError('OPERATION_INVALID', `pool is already active as '${existing.name}'`);
      refuseConflict(pools, definition);
      refuseNameTaken(pools, definition);
      const contents = await open(pools, definition, options, call.signal);
      const pool = await store.activate(definition, { transient: existing === undefined, runtime: {} });
      pools.state(pool).fill(contents);
      tell(pool, 'started');
      return pool.ref;
    },

    start: (ref, options, call) =>
      alone(pools.pool(ref), call, async (pool) => {
        if (pool.active) throw alreadyActive(pool);
        await activate(pools, pool, options, call.signal);
        tell(pool, 'started');
      }),

    stop: (ref, call) =>
      alone(pools.active(ref), call, async (pool) => {
        if (!pool.active) throw storageError('OPERATION_INVALID', `storage pool '${pool.name}' is not active`);
        pools.refuseBusy(pool);
        const backend = await pools.backend(pool.current().type);
        await backend.stop?.(pool.current(), call.signal);
        await close(pools, pool);
        tell(pool, 'stopped');
      }),

    build: (ref, options, call) =>
      alone(pools.pool(ref), call, async (pool) => {
        if (pool.active) throw alreadyActive(pool);
        await build(pools, pool.current(), options, call.signal);
        tell(pool, 'created');
      }),

    delete: (ref, options, call) =>
      alone(pools.pool(ref), call, async (pool) => {
        if (pool.active) throw storageError('OPERATION_INVALID', `storage pool '${pool.name}' is still active`);
        pools.refuseBusy(pool);
        const backend = await pools.backend(pool.current().type);
        if (backend.delete === undefined) throw storageError('NO_SUPPORT', 'pool does not support pool deletion');
        if (options.zeroed === true) throw unsupportedFlags(1, 'virStorageBackendDeleteLocal');
        await backend.delete(pool.current(), call.signal);
        tell(pool, 'deleted');
      }),

    refresh: (ref, call) =>
      alone(pools.active(ref), call, async (pool) => {
        if (!pool.active) throw storageError('OPERATION_INVALID', `storage pool '${pool.name}' is not active`);
        pools.refuseBusy(pool);
        await refreshPool(pools, pool, call.signal);
        context.events.object('storagePool', pool.ref, { type: 'refresh' });
      }),
  };
}

const alreadyActive = (pool: StoredPool) =>
  storageError('OPERATION_INVALID', `storage pool '${pool.name}' is already active`);

function refuseNameTaken(pools: Pools, { name, uuid }: StoragePool): void {
  const byName = pools.store.byName(name);
  if (byName !== undefined && byName.uuid !== uuid)
    throw storageError('OPERATION_FAILED', `pool '${name}' already exists with uuid ${byName.uuid}`);
  const byUuid = pools.store.byUuid(uuid);
  if (byUuid !== undefined && byUuid.name !== name)
    throw storageError('OPERATION_FAILED', `pool '${byUuid.name}' is already defined with uuid ${uuid}`);
}

/** Builds where asked, starts, looks inside. Whatever fails leaves the pool as it was. */
async function open(pools: Pools, definition: StoragePool, options: Build, signal: AbortSignal) {
  const backend = await pools.backend(definition.type);
  if (options.build === true) await build(pools, definition, options, signal);
  await backend.start?.(definition, signal);
  try {
    return await backend.refresh(definition, signal);
  } catch (error) {
    await backend.stop?.(definition, signal);
    throw error;
  }
}

/** Starts a pool that is in the store. */
export async function activate(pools: Pools, pool: StoredPool, options: Build, signal: AbortSignal): Promise<void> {
  const definition = pool.current();
  const contents = await open(pools, definition, options, signal);
  const state = pools.state(pool);
  await pools.store.activate(definition, { transient: false, runtime: {} });
  state.redefined = false;
  state.fill(contents);
  pools.store.touch(pool);
}

async function build(pools: Pools, definition: StoragePool, options: Build, signal: AbortSignal): Promise<void> {
  const backend = await pools.backend(definition.type);
  if (backend.build === undefined) throw storageError('NO_SUPPORT', 'pool does not support pool creation');
  const { build: _ignored, ...rest } = options;
  await backend.build(definition, rest, signal);
}

/** Looks inside a running pool again. One that cannot be read any more is stopped, as libvirt does. */
export async function refreshPool(pools: Pools, pool: StoredPool, signal: AbortSignal): Promise<void> {
  const backend = await pools.backend(pool.current().type);
  try {
    pools.state(pool).fill(await backend.refresh(pool.current(), signal));
    pools.store.touch(pool);
  } catch (error) {
    if (signal.aborted) throw error;
    await backend.stop?.(pool.current(), signal);
    await close(pools, pool);
    pools.context.events.object('storagePool', pool.ref, { type: 'lifecycle', event: 'stopped' });
    throw error;
  }
}

/** The store's side of a stop. */
async function close(pools: Pools, pool: StoredPool): Promise<void> {
  const state = pools.state(pool);
  state.clear();
  if (state.redefined || !pool.persistent) pools.forget(pool.uuid);
  await pools.store.deactivate(pool);
}
