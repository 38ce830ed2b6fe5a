import type { StatefulService } from '@virtkit/core';
import { activate, refreshPool } from './pool-lifecycle.js';
import type { Pools, StoredPool } from './pools.js';

/** Finds pools again at the start of the daemon, and starts those marked. */
export function storageService(pools: Pools): StatefulService {
  const { store, context } = pools;
  const recover = async (pool: StoredPool, signal: AbortSignal): Promise<void> => {
    const backend = await context.storageBackend(pool.current().type);
    const there = backend === undefined ? false : ((await backend.check?.(pool.current(), signal)) ?? false);
    if (there && pool.active) return refreshPool(pools, pool, signal);
    if (there || (pool.autostart && !pool.active)) return activate(pools, pool, {}, signal);
    if (pool.active) await store.deactivate(pool);
  };
  return {
    async initialize(signal) {
      for (const { path, cause } of await store.load())
        context.logger.error('cannot load storage pool', { path, cause });
      const pools = Array.from(store.all());
      for (const pool of pools) {
        try {
          await recover(pool, signal);
        } catch (cause) {
          context.logger.error('cannot start storage pool', { pool: pool.name, cause });
        }
      }
    },
    stop: async () => undefined,
  };
}
