import type { ObjectRef, StorageFacet } from '@virtkit/core';
import { formatPoolCapabilities, type StoragePoolType, poolTypeNames, sanitizedPath } from '@virtkit/schema';
import { storageError } from '../errors.js';
import type { Pools, StoredPool } from './pools.js';
import { refuseConflict } from './source-conflict.js';

type Definitions = Required<
  Pick<
    StorageFacet,
    | 'list'
    | 'find'
    | 'definition'
    | 'info'
    | 'define'
    | 'undefine'
    | 'setAutostart'
    | 'findByTargetPath'
    | 'discoverSources'
    | 'poolCapabilities'
    | 'generation'
  >
>;

/** Types whose documents are kept although what starts them is not installed yet; the others need it to be defined. */
const separatelyInstalled: readonly StoragePoolType[] = ['rbd', 'sheepdog', 'gluster', 'zfs', 'vstorage'];

/** What pools there are and what is written about them. */
export function poolDefinitions(pools: Pools): Definitions {
  const { store, context } = pools;
  const tell = (ref: ObjectRef, event: string): void =>
    context.events.object('storagePool', ref, { type: 'lifecycle', event });

  return {
    list: async () => Array.from(store.all(), summary),
    async find(by) {
      const pool = 'uuid' in by ? store.byUuid(by.uuid) : store.byName(by.name);
      return pool === undefined ? undefined : summary(pool);
    },
    async definition(ref, which) {
      const pool = pools.pool(ref);
      const state = pools.state(pool);
      if (which === 'persistent' && state.redefined) return pool.config() ?? pool.current();
      return state.shown(pool.current());
    },
    async info(ref) {
      const pool = pools.pool(ref);
      return pools.state(pool).info(pool.active);
    },

    async define(definition, call) {
      if (separatelyInstalled.includes(definition.type)) await pools.backend(definition.type);
      refuseConflict(pools, definition);
      const existing = store.byUuid(definition.uuid);
      const commit = async () => {
        const pool = await store.define(definition);
        if (pool.active) pools.state(pool).redefined = true;
        else pools.forget(pool.uuid);
        return pool;
      };
      const pool = existing === undefined ? await commit() : await store.run(existing, 'modify', call, commit);
      tell(pool.ref, 'defined');
      return pool.ref;
    },
    async undefine(ref, call) {
      await store.run(pools.pool(ref), 'modify', call, async (pool) => {
        if (pool.active) throw storageError('OPERATION_INVALID', `storage pool '${pool.name}' is still active`);
        pools.refuseBusy(pool);
        const gone = pool.ref;
        await store.undefine(pool);
        pools.forget(pool.uuid);
        tell(gone, 'undefined');
      });
    },
    async setAutostart(ref, value, call) {
      await store.run(pools.pool(ref), 'modify', call, async (pool) => {
        if (!pool.persistent) throw storageError('INTERNAL_ERROR', 'pool has no config file');
        if (pool.autostart !== value) await store.setAutostart(pool, value);
      });
    },
    async findByTargetPath(path) {
      const wanted = sanitizedPath(path);
      for (const pool of store.all()) if (pool.active && pool.current().target?.path === wanted) return pool.ref;
      return undefined;
    },

    async discoverSources(type, source, call) {
      const known = poolTypeNames.find((name) => name === type);
      if (known === undefined) throw storageError('INTERNAL_ERROR', `unknown storage pool type ${type}`);
      const backend = await pools.backend(known);
      if (backend.discover === undefined)
        throw storageError('NO_SUPPORT', `pool type '${type}' does not support source discovery`);
      return backend.discover(source, call.signal);
    },
    async poolCapabilities() {
      const supported = new Set<StoragePoolType>();
      for (const type of poolTypeNames) if ((await context.storageBackend(type)) !== undefined) supported.add(type);
      return formatPoolCapabilities((type) => supported.has(type));
    },
    generation: (ref) => store.byUuid(ref.uuid)?.generation,
  };
}

function summary(pool: StoredPool) {
  const { ref, active, persistent, autostart } = pool;
  return { ref, active, persistent, autostart, type: pool.current().type };
}
