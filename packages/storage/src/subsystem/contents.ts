import type { PoolContents, PoolInfo } from '@virtkit/core';
import type { StoragePermissions, StoragePool, StorageVolume } from '@virtkit/schema';
import { errorsFrom } from '@virtkit/schema';

const storageError = errorsFrom('STORAGE');

/** What a backend measured, with what only some backends know. */
export interface MeasuredContents extends PoolContents {
  /** Of the pool's target. */
  readonly permissions?: StoragePermissions;
}

/** What a pool holds, as last seen. Figures outlive a stop, volumes do not. */
export class PoolState {
  capacity = 0n;
  allocation = 0n;
  available = 0n;
  permissions: StoragePermissions | undefined;
  /** The running pool was defined anew meanwhile. */
  redefined = false;
  /** Work that goes on while the pool is open for others. */
  jobs = 0;
  /** Names of volumes being made. */
  readonly making = new Set<string>();
  readonly #volumes = new Map<string, StorageVolume>();
  /** Made when somebody looks for a key or a path. */
  #byKey: Map<string, StorageVolume> | undefined;
  #byPath: Map<string, StorageVolume> | undefined;
  readonly #uses = new Map<string, number>();

  volumes(): IterableIterator<StorageVolume> {
    return this.#volumes.values();
  }
  volume(name: string): StorageVolume | undefined {
    return this.#volumes.get(name);
  }
  volumeByKey(key: string): StorageVolume | undefined {
    this.#byKey ??= new Map(Array.from(this.#volumes.values(), (volume) => [keyOf(volume), volume]));
    return this.#byKey.get(key);
  }
  volumeByPath(path: string): StorageVolume | undefined {
    this.#byPath ??= new Map(Array.from(this.#volumes.values(), (volume) => [pathOf(volume), volume]));
    return this.#byPath.get(path);
  }

  fill(contents: MeasuredContents): void {
    this.clear();
    this.capacity = contents.capacity;
    this.allocation = contents.allocation;
    this.available = contents.available;
    this.permissions = contents.permissions ?? this.permissions;
    for (const volume of contents.volumes) this.put(volume);
  }
  put(volume: StorageVolume): void {
    this.#volumes.set(volume.name, volume);
    this.#byKey?.set(keyOf(volume), volume);
    this.#byPath?.set(pathOf(volume), volume);
  }
  remove(volume: StorageVolume): void {
    this.#volumes.delete(volume.name);
    this.#byKey?.delete(keyOf(volume));
    this.#byPath?.delete(pathOf(volume));
  }
  clear(): void {
    this.#volumes.clear();
    this.#byKey = undefined;
    this.#byPath = undefined;
  }

  /** More or fewer bytes are in use; the file system is asked at the next refresh. */
  allocate(bytes: bigint): void {
    this.allocation += bytes;
    this.available = this.available > bytes ? this.available - bytes : 0n;
  }

  /** Marks a volume as in use until the answer is disposed of. */
  use(name: string): Disposable {
    this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    let released = false;
    return {
      [Symbol.dispose]: () => {
        if (released) return;
        released = true;
        const left = (this.#uses.get(name) ?? 1) - 1;
        if (left === 0) this.#uses.delete(name);
        else this.#uses.set(name, left);
      },
    };
  }
  refuseUsed(name: string): void {
    if (this.#uses.has(name)) throw storageError('OPERATION_INVALID', `volume '${name}' is still in use.`);
  }
  refuseMaking(name: string): void {
    if (this.making.has(name)) throw storageError('OPERATION_INVALID', `volume '${name}' is still being allocated.`);
  }

  info(active: boolean): PoolInfo {
    const { capacity, allocation, available } = this;
    return { state: active ? 'running' : 'inactive', capacity, allocation, available };
  }
  /** The definition with the figures and the owner seen last. */
  shown(pool: StoragePool): StoragePool {
    const { capacity, allocation, available, permissions } = this;
    const figures = { ...pool, capacity, allocation, available };
    if (permissions === undefined || pool.target === undefined) return figures;
    return { ...figures, target: { ...pool.target, permissions: { ...pool.target.permissions, ...permissions } } };
  }
}

const pathOf = (volume: StorageVolume): string => volume.target.path ?? '';
export const keyOf = (volume: StorageVolume): string => volume.key ?? volume.target.path ?? volume.name;
