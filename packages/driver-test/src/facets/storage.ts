import type {
  BuildOptions,
  ByteRange,
  ByteSink,
  ByteSource,
  ObjectRef,
  PoolInfo,
  PoolSummary,
  StorageFacet,
  VolumeInfo,
  VolumeKey,
  VolumeRef,
} from '@virtkit/core';
import type { StoragePool, StorageVolume } from '@virtkit/schema';
import { testError } from '../errors.js';
import { TestPool, type TestVolume } from '../world/test-pool.js';
import type { World } from '../world/world.js';

/** Bytes a pool has when nobody said otherwise. */
const poolCapacity = 107_374_182_400n;

/** Pools and volumes without storage behind them; bytes written to a volume can be read again. */
export class TestStorage implements StorageFacet {
  constructor(private readonly world: World) {}

  list(): Promise<readonly PoolSummary[]> {
    return Promise.resolve([...this.world.pools.values()].map((pool) => pool.summary()));
  }

  definition(ref: ObjectRef): Promise<StoragePool> {
    const pool = this.world.pool(ref);
    const { allocation } = pool;
    const available = poolCapacity - allocation;
    return Promise.resolve({ ...pool.definition, capacity: poolCapacity, allocation, available });
  }

  info(ref: ObjectRef): Promise<PoolInfo> {
    const pool = this.world.pool(ref);
    const { allocation } = pool;
    const state = pool.active ? 'running' : 'inactive';
    return Promise.resolve({ state, capacity: poolCapacity, allocation, available: poolCapacity - allocation });
  }

  volumes(ref: ObjectRef): Promise<readonly VolumeRef[]> {
    const pool = this.#active(ref);
    return Promise.resolve([...pool.volumes.values()].map((volume) => pool.volumeRef(volume)));
  }

  findVolume(by: VolumeKey): Promise<VolumeRef | undefined> {
    if ('pool' in by) {
      const pool = this.#active(by.pool);
      const volume = pool.volumes.get(by.name);
      return Promise.resolve(volume === undefined ? undefined : pool.volumeRef(volume));
    }
    const path = 'key' in by ? by.key : by.path;
    for (const pool of this.world.pools.values())
      for (const volume of pool.volumes.values())
        if (pool.active && pool.pathOf(volume.name) === path) return Promise.resolve(pool.volumeRef(volume));
    return Promise.resolve(undefined);
  }

  volume(ref: VolumeRef): Promise<StorageVolume> {
    const [pool, { definition, name }] = this.#volume(ref);
    const path = pool.pathOf(name);
    return Promise.resolve({ ...definition, key: path, target: { ...definition.target, path } });
  }

  volumeInfo(ref: VolumeRef): Promise<VolumeInfo> {
    const [, { definition }] = this.#volume(ref);
    const capacity = BigInt(definition.capacity ?? 0);
    return Promise.resolve({ type: 'file', capacity, allocation: BigInt(definition.allocation ?? 0) });
  }

  volumePath(ref: VolumeRef): Promise<string> {
    const [pool, volume] = this.#volume(ref);
    return Promise.resolve(pool.pathOf(volume.name));
  }

  define(definition: StoragePool): Promise<ObjectRef> {
    const pool = this.#enter(definition);
    pool.persistent = true;
    this.#lifecycle(pool, 'defined');
    return Promise.resolve(pool.ref);
  }

  undefine(ref: ObjectRef): Promise<void> {
    const pool = this.#inactive(ref);
    this.world.pools.delete(ref.uuid);
    this.#lifecycle(pool, 'undefined');
    return Promise.resolve();
  }

  createTransient(definition: StoragePool): Promise<ObjectRef> {
    const known = this.world.pools.get(definition.uuid);
    if (known?.active === true)
      throw testError('OPERATION_INVALID', `pool is already active as '${known.definition.name}'`);
    const pool = this.#enter(definition);
    pool.persistent = known?.persistent === true;
    this.#setActive(pool, true);
    return Promise.resolve(pool.ref);
  }

  start(ref: ObjectRef): Promise<void> {
    this.#setActive(this.#inactive(ref), true);
    return Promise.resolve();
  }

  stop(ref: ObjectRef): Promise<void> {
    const pool = this.#active(ref);
    this.#setActive(pool, false);
    if (!pool.persistent) this.world.pools.delete(ref.uuid);
    return Promise.resolve();
  }

  build(ref: ObjectRef, _options: BuildOptions): Promise<void> {
    this.#lifecycle(this.#inactive(ref), 'created');
    return Promise.resolve();
  }

  delete(ref: ObjectRef): Promise<void> {
    this.#lifecycle(this.#inactive(ref), 'deleted');
    return Promise.resolve();
  }

  refresh(ref: ObjectRef): Promise<void> {
    this.world.listeners.object('storagePool', this.#active(ref).ref, { type: 'refresh' });
    return Promise.resolve();
  }

  setAutostart(ref: ObjectRef, value: boolean): Promise<void> {
    const pool = this.world.pool(ref);
    if (!pool.persistent) throw testError('INVALID_ARG', 'pool has no config file');
    pool.autostart = value;
    return Promise.resolve();
  }

  createVolume(ref: ObjectRef, definition: StorageVolume): Promise<VolumeRef> {
    return Promise.resolve(this.#add(this.#active(ref), definition, new Uint8Array(0)));
  }

  createVolumeFrom(ref: ObjectRef, definition: StorageVolume, from: VolumeRef): Promise<VolumeRef> {
    const [, source] = this.#volume(from);
    return Promise.resolve(this.#add(this.#active(ref), definition, source.bytes.slice()));
  }

  deleteVolume(ref: VolumeRef): Promise<void> {
    const [pool, volume] = this.#volume(ref);
    pool.volumes.delete(volume.name);
    pool.generation += 1;
    return Promise.resolve();
  }

  wipeVolume(ref: VolumeRef): Promise<void> {
    this.#volume(ref)[1].bytes.fill(0);
    return Promise.resolve();
  }

  resizeVolume(
    ref: VolumeRef,
    capacity: bigint,
    options: { readonly delta?: boolean; readonly shrink?: boolean },
  ): Promise<void> {
    const [pool, volume] = this.#volume(ref);
    const before = BigInt(volume.definition.capacity ?? 0);
    const change = options.shrink === true ? -capacity : capacity;
    const after = options.delta === true ? before + change : capacity;
    if (after < before && options.shrink !== true)
      throw testError(
        'INVALID_ARG',
        "Can't shrink capacity below current capacity unless shrink flag explicitly specified",
      );
    volume.definition = { ...volume.definition, capacity: after };
    pool.generation += 1;
    return Promise.resolve();
  }

  read(ref: VolumeRef, { offset, length }: ByteRange): Promise<ByteSource> {
    const { bytes } = this.#volume(ref)[1];
    const start = Number(offset);
    const part = bytes.slice(start, length === undefined || length === 0n ? undefined : start + Number(length));
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      if (part.length > 0) yield part;
    };
    return Promise.resolve({ kind: 'stream', chunks: chunks() });
  }

  write(ref: VolumeRef, { offset }: ByteRange): Promise<ByteSink> {
    const [, volume] = this.#volume(ref);
    let at = Number(offset);
    return Promise.resolve({
      kind: 'stream',
      write: async (chunk) => {
        const end = at + chunk.length;
        if (end > Number(volume.definition.capacity ?? 0))
          throw testError('OPERATION_FAILED', `volume '${volume.name}' is too small`);
        const grown = new Uint8Array(Math.max(end, volume.bytes.length));
        grown.set(volume.bytes);
        grown.set(chunk, at);
        volume.bytes = grown;
        at = end;
      },
      close: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    });
  }

  generation(ref: ObjectRef): number | undefined {
    return this.world.pools.get(ref.uuid)?.generation;
  }

  #enter(definition: StoragePool): TestPool {
    for (const other of this.world.pools.values()) {
      const { name, uuid } = other.definition;
      if (uuid === definition.uuid && name !== definition.name)
        throw testError('OPERATION_FAILED', `pool '${name}' is already defined with uuid ${uuid}`);
      if (uuid !== definition.uuid && name === definition.name)
        throw testError('OPERATION_FAILED', `pool '${name}' already exists with uuid ${uuid}`);
    }
    const pool = this.world.pools.get(definition.uuid) ?? new TestPool(definition);
    pool.definition = definition;
    pool.generation += 1;
    this.world.pools.set(definition.uuid, pool);
    return pool;
  }

  #add(pool: TestPool, definition: StorageVolume, bytes: Uint8Array): VolumeRef {
    if (pool.volumes.has(definition.name)) throw testError('STORAGE_VOL_EXIST', definition.name);
    const free = poolCapacity - pool.allocation;
    if (BigInt(definition.allocation ?? 0) > free)
      throw testError('INTERNAL_ERROR', `Not enough free space in pool for volume '${definition.name}'`);
    const volume: TestVolume = { name: definition.name, definition, bytes };
    pool.volumes.set(volume.name, volume);
    pool.generation += 1;
    return pool.volumeRef(volume);
  }

  #active(ref: ObjectRef): TestPool {
    const pool = this.world.pool(ref);
    if (!pool.active) throw testError('OPERATION_INVALID', `storage pool '${pool.definition.name}' is not active`);
    return pool;
  }

  #inactive(ref: ObjectRef): TestPool {
    const pool = this.world.pool(ref);
    if (pool.active) throw testError('OPERATION_INVALID', `storage pool '${pool.definition.name}' is active`);
    return pool;
  }

  #volume(ref: VolumeRef): readonly [TestPool, TestVolume] {
    for (const pool of this.world.pools.values()) {
      const volume = pool.definition.name === ref.pool ? pool.volumes.get(ref.name) : undefined;
      if (volume !== undefined) return [pool, volume];
    }
    throw testError('NO_STORAGE_VOL', `no storage vol with matching name '${ref.name}'`);
  }

  #setActive(pool: TestPool, active: boolean): void {
    pool.active = active;
    pool.generation += 1;
    this.#lifecycle(pool, active ? 'started' : 'stopped');
  }

  #lifecycle({ ref }: TestPool, event: string): void {
    this.world.listeners.object('storagePool', ref, { type: 'lifecycle', event });
  }
}
