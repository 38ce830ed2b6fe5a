import type { Network } from '@virtkit/schema';
import type { NetworkSummary } from '../../contract/facets/network.js';
import type { ObjectRef } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import { Document } from '../documents/document.js';
import { readMetadata, type MetadataQuery, type MetadataRequest } from '../documents/metadata.js';
import { noNetwork } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import { activatableGroups, type ActivatableFilter } from './activatable-filter.js';
import { filterGroups } from './domain-filter.js';
import { findNetwork, type ObjectKey } from './find-objects.js';
import { objectOperations, on } from './operations.js';
import { networkResolver, type ObjectHandle } from './resolvers.js';
import type { AccessObject } from './pipeline.js';
import { step } from './step.js';
import type { Via } from './via.js';

const Rows = objectOperations(networkResolver, {
  bridgeName: on('network.bridgeName', 'virNetworkGetBridgeName', 0),
  undefine: on('network.undefine', 'virNetworkUndefine', 0),
  start: on('network.start', 'virNetworkCreate', 0),
  stop: on('network.stop', 'virNetworkDestroy', 0),
  setAutostart: on('network.setAutostart', 'virNetworkSetAutostart', 1),
  update: on('network.update', 'virNetworkUpdate', 2, 1),
  leases: on('network.leases', 'virNetworkGetDHCPLeases', 1),
});
const list = step('network.list', 'virConnectListAllNetworks');
const definition = step('network.definition', 'virNetworkGetXMLDesc');
const define = step('network.define', 'virNetworkDefineXMLFlags');
const createTransient = step('network.createTransient', 'virNetworkCreateXMLFlags');
const setMetadata = step('network.setMetadata', 'virNetworkSetMetadata');
const none = {};

/** Virtual networks. */
export class Networks extends Rows {
  /** @libvirt virConnectListAllNetworks */
  async list(filter: ActivatableFilter = none, via?: Via): Promise<readonly NetworkSummary[]> {
    const name = via?.function ?? list.function;
    refuseUnknownBits(this.parts.pipeline.driver, via, name);
    const { pipeline } = this.parts;
    const networks = await pipeline.connect(list, none, via, (facet, call) => facet.list(call));
    return pipeline.visible(name, filterGroups(networks, filter, activatableGroups), ({ ref }) =>
      networkResolver.describe(ref),
    );
  }

  /** Throws `NO_NETWORK`. */
  lookupByUuid(uuid: string, via?: Via): Promise<NetworkSummary> {
    return this.#lookup({ uuid }, 'virNetworkLookupByUUID', via);
  }

  /** Throws `NO_NETWORK`. */
  lookupByName(name: string, via?: Via): Promise<NetworkSummary> {
    return this.#lookup({ name }, 'virNetworkLookupByName', via);
  }

  /** Activity, persistence and autostart of one network, under the permission of the function that asks. */
  summary(network: ObjectHandle, via?: Via): Promise<NetworkSummary> {
    return this.#lookup(network, via?.function ?? 'virNetworkIsActive', via);
  }

  async xmlDesc(network: ObjectHandle, options: { readonly inactive?: boolean } = none, via?: Via): Promise<string> {
    return (await this.document(network, options, via)).text;
  }

  /** @libvirt virNetworkGetXMLDesc */
  async document(network: ObjectHandle, options: { readonly inactive?: boolean } = none, via?: Via): Promise<Document> {
    const { pipeline, cache, documents } = this.parts;
    const facet = pipeline.enter(definition, none, via);
    const { ref, persistent } = await this.#lookup(network, definition.function, via);
    const inactive = options.inactive === true;
    const generation = facet.generation?.(ref);
    const cached = generation === undefined ? undefined : cache.get(`network ${ref.uuid}`, generation, `${inactive}`);
    if (cached !== undefined) return cached;
    const which = inactive && persistent ? 'persistent' : 'current';
    const document = new Document(
      await documents.formatNetwork(await facet.definition(ref, which, pipeline.call(via)), { inactive }),
    );
    if (generation !== undefined) cache.set(`network ${ref.uuid}`, generation, `${inactive}`, document);
    return document;
  }

  async define(
    document: string | Network,
    options: { readonly validate?: boolean } = none,
    via?: Via,
  ): Promise<ObjectRef> {
    const { pipeline } = this.parts;
    const facet = pipeline.enter(define, none, via);
    const call = pipeline.call(via);
    const network = await this.#read(document, options, call.signal);
    await pipeline.permit(via?.function ?? define.function, describeNetwork(network));
    return facet.define(network, call);
  }

  /** @libvirt virNetworkCreateXMLFlags */
  async createTransient(
    document: string | Network,
    options: { readonly validate?: boolean } = none,
    via?: Via,
  ): Promise<ObjectRef> {
    const { pipeline } = this.parts;
    const facet = pipeline.enter(createTransient, none, via);
    const call = pipeline.call(via);
    const network = await this.#read(document, options, call.signal);
    await pipeline.permit(via?.function ?? createTransient.function, describeNetwork(network));
    return facet.createTransient(network, call);
  }

  /** @libvirt virNetworkSetMetadata */
  async setMetadata(
    network: ObjectHandle,
    metadata: MetadataRequest,
    target: { readonly live?: boolean; readonly config?: boolean } = none,
    via?: Via,
  ): Promise<void> {
    const { pipeline, documents } = this.parts;
    const facet = pipeline.enter(setMetadata, target, via);
    const ref = await networkResolver.resolve(pipeline, network);
    const used = via?.function ?? setMetadata.function;
    if (pipeline.hasRules) await pipeline.permit(used, networkResolver.describe(ref), target);
    const call = pipeline.call(via);
    return facet.setMetadata(ref, await documents.metadata(metadata, call.signal), target, call);
  }

  /** Throws `NO_NETWORK_METADATA` (111). @libvirt virNetworkGetMetadata */
  async metadata(
    network: ObjectHandle,
    query: MetadataQuery,
    target: { readonly live?: boolean; readonly config?: boolean } = none,
    via?: Via,
  ): Promise<string> {
    const { pipeline } = this.parts;
    const facet = pipeline.require(definition, via?.function ?? 'virNetworkGetMetadata');
    const { ref } = await this.#lookup(network, 'virNetworkGetMetadata', via);
    const which = target.config === true ? 'persistent' : 'current';
    const found = await facet.definition(ref, which, pipeline.call(via));
    return readMetadata(found, query, { origin: 'NETWORK', code: 'NO_NETWORK_METADATA' });
  }

  /** A driver completes and keeps what it is given: an object of the caller is copied. */
  async #read(
    document: string | Network,
    options: { readonly validate?: boolean },
    signal: AbortSignal,
  ): Promise<Network> {
    if (typeof document !== 'string') return structuredClone(document);
    return this.parts.documents.network(document, options, signal);
  }

  async #lookup(by: ObjectKey, name: FunctionName, via: Via | undefined): Promise<NetworkSummary> {
    const { pipeline } = this.parts;
    const used = via?.function ?? name;
    pipeline.require(list, used);
    const network = await findNetwork(pipeline, 'uuid' in by ? { uuid: by.uuid } : by);
    if (network === undefined) throw noNetwork(by);
    await pipeline.permit(used, networkResolver.describe(network.ref));
    return network;
  }
}

/** A definition as an access rule sees it, before it becomes an object. */
const describeNetwork = ({ name, uuid }: Network): AccessObject => ({
  kind: 'network',
  name,
  ...(uuid !== undefined && { uuid }),
});
