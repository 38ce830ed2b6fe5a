import { hasErrorName, type NetworkPort } from '@virtkit/schema';
import type { Parameters } from '../../contract/facets/jobs.js';
import type { ObjectRef } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import { noNetworkPort } from '../errors.js';
import type { SessionParts } from './session-parts.js';
import { networkResolver, type ObjectHandle } from './resolvers.js';
import { step } from './step.js';
import type { Via } from './via.js';

const ports = step('network.ports', 'virNetworkListAllPorts');
const create = step('network.createPort', 'virNetworkPortCreateXML');
const remove = step('network.deletePort', 'virNetworkPortDelete');
const parameters = step('network.portParameters', 'virNetworkPortGetParameters');
const setParameters = step('network.setPortParameters', 'virNetworkPortSetParameters');
const none = {};

/** Ports of networks: who is plugged in. */
export class NetworkPorts {
  constructor(private readonly parts: SessionParts) {}

  async list(network: ObjectHandle, via?: Via): Promise<readonly NetworkPort[]> {
    const { pipeline } = this.parts;
    const facet = pipeline.enter(ports, none, via);
    const ref = await this.#network(network, via?.function ?? ports.function);
    return facet.ports(ref, pipeline.call(via));
  }

  /** Throws `NO_NETWORK_PORT`. */
  async lookupByUuid(network: ObjectHandle, uuid: string, via?: Via): Promise<NetworkPort> {
    return this.#find(network, uuid, 'virNetworkPortLookupByUUID', via);
  }

  async xmlDesc(network: ObjectHandle, uuid: string, via?: Via): Promise<string> {
    return this.parts.documents.formatNetworkPort(await this.#find(network, uuid, 'virNetworkPortGetXMLDesc', via));
  }

  async create(network: ObjectHandle, document: string | NetworkPort, via?: Via): Promise<NetworkPort> {
    const { pipeline, documents } = this.parts;
    const facet = pipeline.enter(create, none, via);
    const ref = await this.#network(network, via?.function ?? create.function);
    const call = pipeline.call(via);
    const port = typeof document === 'string' ? await documents.networkPort(document, none, call.signal) : document;
    return facet.createPort(ref, port, call);
  }

  async delete(network: ObjectHandle, uuid: string, via?: Via): Promise<void> {
    const { pipeline } = this.parts;
    const facet = pipeline.enter(remove, none, via);
    const ref = await this.#network(network, via?.function ?? remove.function);
    return facet.deletePort(ref, uuid, pipeline.call(via));
  }

  async parameters(network: ObjectHandle, uuid: string, via?: Via): Promise<Parameters> {
    const { pipeline } = this.parts;
    const facet = pipeline.enter(parameters, none, via);
    const ref = await this.#network(network, via?.function ?? parameters.function);
    return facet.portParameters(ref, uuid, pipeline.call(via));
  }

  async setParameters(network: ObjectHandle, uuid: string, values: Parameters, via?: Via): Promise<void> {
    const { pipeline } = this.parts;
    const facet = pipeline.enter(setParameters, none, via);
    const ref = await this.#network(network, via?.function ?? setParameters.function);
    return facet.setPortParameters(ref, uuid, values, pipeline.call(via));
  }

  async #find(network: ObjectHandle, uuid: string, name: FunctionName, via: Via | undefined): Promise<NetworkPort> {
    const { pipeline } = this.parts;
    const used = via?.function ?? name;
    const facet = pipeline.require(ports, used);
    const ref = await this.#network(network, used);
    const all = await facet.ports(ref, pipeline.call(via)).catch(noneWhereInactive);
    const found = all.find((port) => port.uuid === uuid);
    if (found === undefined) throw noNetworkPort(uuid);
    return found;
  }

  async #network(handle: ObjectHandle, name: FunctionName): Promise<ObjectRef> {
    const { pipeline } = this.parts;
    const ref = await networkResolver.resolve(pipeline, handle);
    await pipeline.permit(name, { kind: 'network-port', name: ref.name, uuid: ref.uuid });
    return ref;
  }
}

/** An inactive network has no ports to be found; only who lists them is told why. */
function noneWhereInactive(cause: unknown): readonly NetworkPort[] {
  if (hasErrorName(cause, 'OPERATION_INVALID')) return [];
  throw cause;
}
