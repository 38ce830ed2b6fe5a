import { remote, type RetOut } from '@virtkit/protocol';
import type { Caller } from './caller.js';
import type { ByteStream } from '../rpc/stream.js';

export type PoolHandle = RetOut<typeof remote, 'storagePoolLookupByName'>['pool'];
export type VolumeHandle = RetOut<typeof remote, 'storageVolLookupByName'>['vol'];

/** A volume of a pool. @libvirt virStorageVol */
export class StorageVolume {
  readonly #connection: Caller;
  readonly handle: VolumeHandle;

  constructor(connection: Caller, handle: VolumeHandle) {
    this.#connection = connection;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  async path(): Promise<string> {
    return (await this.#connection.remote.storageVolGetPath({ vol: this.handle })).name;
  }
  async xml(): Promise<string> {
    return (await this.#connection.remote.storageVolGetXMLDesc({ vol: this.handle, flags: 0 })).xml;
  }
  async delete(): Promise<void> {
    await this.#connection.remote.storageVolDelete({ vol: this.handle, flags: 0 });
  }
  /** Bytes of the volume. @param length 0: to the end */
  async download(offset = 0n, length = 0n): Promise<ByteStream> {
    return (
      await this.#connection.openStream(remote, 'storageVolDownload', { vol: this.handle, offset, length, flags: 0 })
    ).stream;
  }
  /** `write` into the result, then `finish`. */
  async upload(offset = 0n, length = 0n): Promise<ByteStream> {
    return (
      await this.#connection.openStream(remote, 'storageVolUpload', { vol: this.handle, offset, length, flags: 0 })
    ).stream;
  }
}

/** A storage pool. @libvirt virStoragePool */
export class StoragePool {
  readonly #connection: Caller;
  readonly handle: PoolHandle;

  constructor(connection: Caller, handle: PoolHandle) {
    this.#connection = connection;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  async start(): Promise<void> {
    await this.#connection.remote.storagePoolCreate({ pool: this.handle, flags: 0 });
  }
  async destroy(): Promise<void> {
    await this.#connection.remote.storagePoolDestroy({ pool: this.handle });
  }
  async undefine(): Promise<void> {
    await this.#connection.remote.storagePoolUndefine({ pool: this.handle });
  }
  async refresh(): Promise<void> {
    await this.#connection.remote.storagePoolRefresh({ pool: this.handle, flags: 0 });
  }
  async volumes(): Promise<readonly StorageVolume[]> {
    const { vols } = await this.#connection.remote.storagePoolListAllVolumes({
      pool: this.handle,
      needResults: 1,
      flags: 0,
    });
    return vols.map((handle) => new StorageVolume(this.#connection, handle));
  }
  async volume(name: string): Promise<StorageVolume> {
    return new StorageVolume(
      this.#connection,
      (await this.#connection.remote.storageVolLookupByName({ pool: this.handle, name })).vol,
    );
  }
  async createVolume(xml: string): Promise<StorageVolume> {
    return new StorageVolume(
      this.#connection,
      (await this.#connection.remote.storageVolCreateXML({ pool: this.handle, xml, flags: 0 })).vol,
    );
  }
}

export class StoragePools {
  readonly #connection: Caller;

  constructor(connection: Caller) {
    this.#connection = connection;
  }

  async list(): Promise<readonly StoragePool[]> {
    const { pools } = await this.#connection.remote.connectListAllStoragePools({ needResults: 1, flags: 0 });
    return pools.map((handle) => new StoragePool(this.#connection, handle));
  }
  async lookupByName(name: string): Promise<StoragePool> {
    return new StoragePool(this.#connection, (await this.#connection.remote.storagePoolLookupByName({ name })).pool);
  }
  async define(xml: string): Promise<StoragePool> {
    return new StoragePool(
      this.#connection,
      (await this.#connection.remote.storagePoolDefineXML({ xml, flags: 0 })).pool,
    );
  }
}
