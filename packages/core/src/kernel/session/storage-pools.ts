import type { StoragePool } from '@virtkit/schema';
import type { BuildOptions, PoolSummary } from '../../contract/facets/storage.js';
import type { ObjectRef, VolumeRef } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import { Document } from '../documents/document.js';
import { noPool } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import { activatableGroups, type ActivatableFilter } from './activatable-filter.js';
import { filterGroups } from './domain-filter.js';
import { findPool, type ObjectKey } from './find-objects.js';
import { objectOperations, on } from './operations.js';
import { poolResolver, type ObjectHandle } from './resolvers.js';
import { step } from './step.js';
import type { Via } from './via.js';

/** @libvirt virConnectListAllStoragePoolsFlags: the groups of activatable objects, and one of pool types. */
export interface PoolFilter extends ActivatableFilter {
  /** Pool types; empty or absent: all. */
  readonly types?: readonly string[];
}

const Rows = objectOperations(poolResolver, {
  info: on('storage.info', 'virStoragePoolGetInfo', 0),
  volumes: on('storage.volumes', 'virStoragePoolListAllVolumes', 0),
  undefine: on('storage.undefine', 'virStoragePoolUndefine', 0),
  start: on('storage.start', 'virStoragePoolCreate', 1, 0),
  stop: on('storage.stop', 'virStoragePoolDestroy', 0),
  build: on('storage.build', 'virStoragePoolBuild', 1, 0),
  delete: on('storage.delete', 'virStoragePoolDelete', 1, 0),
  refresh: on('storage.refresh', 'virStoragePoolRefresh', 0),
  setAutostart: on('storage.setAutostart', 'virStoragePoolSetAutostart', 1),
});
const list = step('storage.list', 'virConnectListAllStoragePools');
const definition = step('storage.definition', 'virStoragePoolGetXMLDesc');
const define = step('storage.define', 'virStoragePoolDefineXML');
const createTransient = step('storage.createTransient', 'virStoragePoolCreateXML');
const findByTargetPath = step('storage.findByTargetPath', 'virStoragePoolLookupByTargetPath');
const discoverSources = step('storage.discoverSources', 'virConnectFindStoragePoolSources');
const poolCapabilities = step('storage.poolCapabilities', 'virConnectGetStoragePoolCapabilities');
const none = {};

/** Storage pools. */
export class StoragePools extends Rows {
  /** @libvirt virConnectListAllStoragePools */
  async list(filter: PoolFilter = none, via?: Via): Promise<readonly PoolSummary[]> {
    const name = via?.function ?? list.function;
    refuseUnknownBits(this.parts.pipeline.driver, via, name);
    const { pipeline } = this.parts;
    const pools = await pipeline.connect(list, none, via, (facet, call) => facet.list(call));
    const types = filter.types ?? [];
    const ofType = types.length === 0 ? pools : pools.filter((pool) => types.includes(pool.type));
    return pipeline.visible(name, filterGroups(ofType, filter, activatableGroups), ({ ref }) =>
      poolResolver.describe(ref),
    );
  }

  /** Throws `NO_STORAGE_POOL`. */
  lookupByUuid(uuid: string, via?: Via): Promise<PoolSummary> {
    return this.#lookup({ uuid }, 'virStoragePoolLookupByUUID', via);
  }

  /** Throws `NO_STORAGE_POOL`. */
  lookupByName(name: string, via?: Via): Promise<PoolSummary> {
    return this.#lookup({ name }, 'virStoragePoolLookupByName', via);
  }

  lookupByVolume(volume: VolumeRef, via?: Via): Promise<PoolSummary> {
    return this.#lookup({ name: volume.pool }, 'virStoragePoolLookupByVolume', via);
  }

  /** Throws `NO_STORAGE_POOL`. */
  async lookupByTargetPath(path: string, via?: Via): Promise<ObjectRef> {
    const facet = this.parts.pipeline.enter(findByTargetPath, none, via);
    const pool = await facet.findByTargetPath(path, this.parts.pipeline.call(via));
    if (pool === undefined) throw noPool({ targetPath: path });
    await this.parts.pipeline.permit(via?.function ?? findByTargetPath.function, poolResolver.describe(pool));
    return pool;
  }

  /** Activity, persistence and autostart of one pool, under the permission of the function that asks. */
  summary(pool: ObjectHandle, via?: Via): Promise<PoolSummary> {
    return this.#lookup(pool, via?.function ?? 'virStoragePoolGetInfo', via);
  }

  async xmlDesc(pool: ObjectHandle, options: { readonly inactive?: boolean } = none, via?: Via): Promise<string> {
    return (await this.document(pool, options, via)).text;
  }

  /** @libvirt virStoragePoolGetXMLDesc */
  async document(pool: ObjectHandle, options: { readonly inactive?: boolean } = none, via?: Via): Promise<Document> {
    const { pipeline, cache, documents } = this.parts;
    const facet = pipeline.enter(definition, none, via);
    const summary = await this.#lookup(pool, definition.function, via);
    const generation = facet.generation?.(summary.ref);
    const which = options.inactive === true && summary.persistent ? 'persistent' : 'current';
    const cached = generation === undefined ? undefined : cache.get(`pool ${summary.ref.uuid}`, generation, which);
    if (cached !== undefined) return cached;
    const document = new Document(documents.formatPool(await facet.definition(summary.ref, which, pipeline.call(via))));
    if (generation !== undefined) cache.set(`pool ${summary.ref.uuid}`, generation, which, document);
    return document;
  }

  async define(
    document: string | StoragePool,
    options: { readonly validate?: boolean } = none,
    via?: Via,
  ): Promise<ObjectRef> {
    const { pipeline, documents } = this.parts;
    const facet = pipeline.enter(define, none, via);
    const call = pipeline.call(via);
    const pool = typeof document === 'string' ? await documents.pool(document, options, call.signal) : document;
    await pipeline.permit(via?.function ?? define.function, poolResolver.describe(pool));
    return facet.define(pool, call);
  }

  /** @libvirt virStoragePoolCreateXML */
  async createTransient(
    document: string | StoragePool,
    options: BuildOptions & { readonly build?: boolean; readonly validate?: boolean } = none,
    via?: Via,
  ): Promise<ObjectRef> {
    const { pipeline, documents } = this.parts;
    const { validate, ...rest } = options;
    const facet = pipeline.enter(createTransient, rest, via);
    const call = pipeline.call(via);
    const read = validate === true ? { validate } : none;
    const pool = typeof document === 'string' ? await documents.pool(document, read, call.signal) : document;
    await pipeline.permit(via?.function ?? createTransient.function, poolResolver.describe(pool));
    return facet.createTransient(pool, rest, call);
  }

  /** A `<sources>` document. @libvirt virConnectFindStoragePoolSources */
  discoverSources(type: string, sourceXml: string | undefined, via?: Via): Promise<string> {
    return this.parts.pipeline.connect(discoverSources, none, via, (facet, call) =>
      facet.discoverSources(type, sourceXml, call),
    );
  }

  /** @libvirt virConnectGetStoragePoolCapabilities */
  capabilities(via?: Via): Promise<string> {
    return this.parts.pipeline.connect(poolCapabilities, none, via, (facet, call) => facet.poolCapabilities(call));
  }

  async #lookup(by: ObjectKey, name: FunctionName, via: Via | undefined): Promise<PoolSummary> {
    const { pipeline } = this.parts;
    const used = via?.function ?? name;
    pipeline.require(list, used);
    const pool = await findPool(pipeline, 'uuid' in by ? { uuid: by.uuid } : by);
    if (pool === undefined) throw noPool(by);
    await pipeline.permit(used, poolResolver.describe(pool.ref));
    return pool;
  }
}
