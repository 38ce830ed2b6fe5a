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
  /** Where guests find it on the host. @libvirt virStorageVolGetPath */
  async path(): Promise<string> {
    return (await this.#connection.remote.storageVolGetPath({ vol: this.handle })).name;
  }
  /** @libvirt virStorageVolGetXMLDesc */
  async xml(): Promise<string> {
    return (await this.#connection.remote.storageVolGetXMLDesc({ vol: this.handle, flags: 0 })).xml;
  }
  /** Deletes its bytes too; whether a guest uses them is not asked. @libvirt virStorageVolDelete */
  async delete(): Promise<void> {
    await this.#connection.remote.storageVolDelete({ vol: this.handle, flags: 0 });
  }
  /** Bytes of the volume. @param length 0: to the end. @libvirt virStorageVolDownload */
  async download(offset = 0n, length = 0n): Promise<ByteStream> {
    return (
      await this.#connection.openStream(remote, 'storageVolDownload', { vol: this.handle, offset, length, flags: 0 })
    ).stream;
  }
  /** `write` into the result, then `finish`. @libvirt virStorageVolUpload */
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
  /** @libvirt virStoragePoolCreate */
  async start(): Promise<void> {
    await this.#connection.remote.storagePoolCreate({ pool: this.handle, flags: 0 });
  }
  /** Stops it; its volumes stay. @libvirt virStoragePoolDestroy */
  async destroy(): Promise<void> {
    await this.#connection.remote.storagePoolDestroy({ pool: this.handle });
  }
  /** Forgets its configuration; its volumes stay. @libvirt virStoragePoolUndefine */
  async undefine(): Promise<void> {
    await this.#connection.remote.storagePoolUndefine({ pool: this.handle });
  }
  /** Looks again what volumes there are. @libvirt virStoragePoolRefresh */
  async refresh(): Promise<void> {
    await this.#connection.remote.storagePoolRefresh({ pool: this.handle, flags: 0 });
  }
  /** @libvirt virStoragePoolListAllVolumes */
  async volumes(): Promise<readonly StorageVolume[]> {
    const { vols } = await this.#connection.remote.storagePoolListAllVolumes({
      pool: this.handle,
      needResults: 1,
      flags: 0,
    });
    return vols.map((handle) => new StorageVolume(this.#connection, handle));
  }
  /** @throws LibvirtError `errorCode.noStorageVolume`. @libvirt virStorageVolLookupByName */
  async volume(name: string): Promise<StorageVolume> {
    return new StorageVolume(
      this.#connection,
      (await this.#connection.remote.storageVolLookupByName({ pool: this.handle, name })).vol,
    );
  }
  /** @libvirt virStorageVolCreateXML */
  async createVolume(xml: string): Promise<StorageVolume> {
    return new StorageVolume(
      this.#connection,
      (await this.#connection.remote.storageVolCreateXML({ pool: this.handle, xml, flags: 0 })).vol,
    );
  }
}

/** The storage pools of a connection. Failures are {@link LibvirtError}s. */
export class StoragePools {
  readonly #connection: Caller;

  constructor(connection: Caller) {
    this.#connection = connection;
  }

  /** Running or not. @libvirt virConnectListAllStoragePools */
  async list(): Promise<readonly StoragePool[]> {
    const { pools } = await this.#connection.remote.connectListAllStoragePools({ needResults: 1, flags: 0 });
    return pools.map((handle) => new StoragePool(this.#connection, handle));
  }
  /** @throws LibvirtError `errorCode.noStoragePool`. @libvirt virStoragePoolLookupByName */
  async lookupByName(name: string): Promise<StoragePool> {
    return new StoragePool(this.#connection, (await this.#connection.remote.storagePoolLookupByName({ name })).pool);
  }
  /** Keeps a definition, new or changed, without starting it. @libvirt virStoragePoolDefineXML */
  async define(xml: string): Promise<StoragePool> {
    return new StoragePool(
      this.#connection,
      (await this.#connection.remote.storagePoolDefineXML({ xml, flags: 0 })).pool,
    );
  }
}
