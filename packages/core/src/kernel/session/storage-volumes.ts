import type { StoragePool, StorageVolume } from '@virtkit/schema';
import type { VolumeCreateOptions, VolumeKey, VolumeInfo } from '../../contract/facets/storage.js';
import type { ObjectRef, VolumeRef } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import { noPool, noVolume } from '../errors.js';
import { findPool } from './find-objects.js';
import { objectOperations, on } from './operations.js';
import { poolResolver, volumeResolver, type ObjectHandle } from './resolvers.js';
import { step } from './step.js';
import type { Via } from './via.js';

const Rows = objectOperations(volumeResolver, {
  info: on('storage.volumeInfo', 'virStorageVolGetInfoFlags', 1, 0),
  path: on('storage.volumePath', 'virStorageVolGetPath', 0),
  delete: on('storage.deleteVolume', 'virStorageVolDelete', 1, 0),
  wipe: on('storage.wipeVolume', 'virStorageVolWipePattern', 1),
  resize: on('storage.resizeVolume', 'virStorageVolResize', 2, 1),
  read: on('storage.read', 'virStorageVolDownload', 2, 1),
  write: on('storage.write', 'virStorageVolUpload', 2, 1),
});
const find = step('storage.findVolume', 'virStorageVolLookupByName');
const definition = step('storage.volume', 'virStorageVolGetXMLDesc');
const create = step('storage.createVolume', 'virStorageVolCreateXML');
const createFrom = step('storage.createVolumeFrom', 'virStorageVolCreateXMLFrom');
const none = {};

/** Storage volumes. */
export class StorageVolumes extends Rows {
  /** Throws `NO_STORAGE_VOL`. */
  async lookupByName(pool: ObjectHandle, name: string, via?: Via): Promise<VolumeRef> {
    this.parts.pipeline.require(find, via?.function ?? 'virStorageVolLookupByName');
    const ref = await this.#pool(pool);
    return this.#find({ pool: ref, name }, { name }, 'virStorageVolLookupByName', via);
  }

  /** Throws `NO_STORAGE_VOL`. */
  lookupByKey(key: string, via?: Via): Promise<VolumeRef> {
    return this.#find({ key }, { key }, 'virStorageVolLookupByKey', via);
  }

  /** Throws `NO_STORAGE_VOL`. */
  lookupByPath(path: string, via?: Via): Promise<VolumeRef> {
    return this.#find({ path }, { path }, 'virStorageVolLookupByPath', via);
  }

  /** @libvirt virStorageVolGetXMLDesc */
  async xmlDesc(volume: VolumeRef, via?: Via): Promise<string> {
    const { pipeline, documents } = this.parts;
    const facet = pipeline.enter(definition, none, via);
    const ref = await volumeResolver.resolve(pipeline, volume);
    await pipeline.permit(via?.function ?? definition.function, volumeResolver.describe(ref));
    const pool = await this.#poolDefinition({ name: ref.pool });
    return documents.formatVolume(await facet.volume(ref, pipeline.call(via)), pool);
  }

  async create(
    pool: ObjectHandle,
    document: string | StorageVolume,
    options: VolumeCreateOptions = none,
    via?: Via,
  ): Promise<VolumeRef> {
    const { pipeline } = this.parts;
    const { validate, ...rest } = options;
    const facet = pipeline.enter(create, rest, via);
    const ref = await this.#pool(pool);
    const volume = await this.#parse(document, ref, { validate: validate === true }, via);
    await pipeline.permit(via?.function ?? create.function, { kind: 'storage-vol', name: volume.name, pool: ref.name });
    return facet.createVolume(ref, volume, options, pipeline.call(via));
  }

  /** @libvirt virStorageVolCreateXMLFrom */
  async createFrom(
    pool: ObjectHandle,
    document: string | StorageVolume,
    from: VolumeRef,
    options: VolumeCreateOptions = none,
    via?: Via,
  ): Promise<VolumeRef> {
    const { pipeline } = this.parts;
    const { validate, ...rest } = options;
    const facet = pipeline.enter(createFrom, rest, via);
    const ref = await this.#pool(pool);
    const source = await volumeResolver.resolve(pipeline, from);
    const volume = await this.#parse(document, ref, { validate: validate === true, copy: true }, via);
    await pipeline.permit(via?.function ?? createFrom.function, {
      kind: 'storage-vol',
      name: volume.name,
      pool: ref.name,
    });
    return facet.createVolumeFrom(ref, volume, source, options, pipeline.call(via));
  }

  async #parse(
    document: string | StorageVolume,
    pool: ObjectRef,
    options: { readonly validate: boolean; readonly copy?: boolean },
    via: Via | undefined,
  ): Promise<StorageVolume> {
    if (typeof document !== 'string') return document;
    const { documents, pipeline } = this.parts;
    return documents.volume(document, await this.#poolDefinition(pool), options, pipeline.call(via).signal);
  }

  async #pool(handle: { readonly uuid: string; readonly name?: string }): Promise<ObjectRef> {
    return poolResolver.resolve(this.parts.pipeline, handle);
  }

  async #poolDefinition(by: { readonly name: string }): Promise<StoragePool> {
    const { pipeline } = this.parts;
    const pool = await findPool(pipeline, { name: by.name });
    const facet = pipeline.connection.storage;
    if (pool === undefined || facet === undefined) throw noPool(by);
    return facet.definition(pool.ref, 'current', pipeline.caller);
  }

  async #find(
    by: VolumeKey,
    named: { readonly name?: string; readonly key?: string; readonly path?: string },
    name: FunctionName,
    via: Via | undefined,
  ): Promise<VolumeRef> {
    const { pipeline } = this.parts;
    const used = via?.function ?? name;
    const facet = pipeline.require(find, used);
    const volume = await facet.findVolume(by, pipeline.call(via));
    if (volume === undefined) throw noVolume(named);
    await pipeline.permit(used, volumeResolver.describe(volume));
    return volume;
  }
}
export type { VolumeInfo };
