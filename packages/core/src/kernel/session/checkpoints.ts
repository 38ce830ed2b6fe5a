import type { CheckpointNode } from '../../contract/facets/snapshot.js';
import { noCheckpoint, noCheckpointParent } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import { filterGroups } from './domain-filter.js';
import { objectOperations, on } from './operations.js';
import type { DomainHandle } from './pipeline.js';
import { domainResolver } from './resolvers.js';
import { childrenOf, topological } from './snapshot-tree.js';
import { step } from './step.js';
import type { Via } from './via.js';

export interface CheckpointFilter {
  readonly roots?: boolean;
  readonly descendants?: boolean;
  readonly topological?: boolean;
  readonly leaves?: boolean;
  readonly noLeaves?: boolean;
}

const Rows = objectOperations(domainResolver, {
  xmlDesc: on('checkpoint.definition', 'virDomainCheckpointGetXMLDesc', 2, 1),
  create: on('checkpoint.create', 'virDomainCheckpointCreateXML', 2, 1),
  delete: on('checkpoint.delete', 'virDomainCheckpointDelete', 2, 1),
});
const list = step('checkpoint.list', 'virDomainListAllCheckpoints');
const none = {};

/** Checkpoints of a domain. */
export class Checkpoints extends Rows {
  async list(domain: DomainHandle, filter: CheckpointFilter = none, via?: Via): Promise<readonly CheckpointNode[]> {
    refuseUnknownBits(this.parts.pipeline.driver, via, via?.function ?? list.function);
    const nodes = await this.#nodes(domain, via);
    return select(filter.roots === true ? nodes.filter(({ parent }) => parent === undefined) : nodes, filter, nodes);
  }

  /** @libvirt virDomainCheckpointListAllChildren */
  async children(
    domain: DomainHandle,
    name: string,
    filter: CheckpointFilter = none,
    via?: Via,
  ): Promise<readonly CheckpointNode[]> {
    const nodes = await this.#nodes(domain, via);
    requireNode(nodes, name);
    return select(childrenOf(nodes, name, filter.descendants === true), filter, nodes);
  }

  /** Throws `NO_DOMAIN_CHECKPOINT`. */
  async lookupByName(domain: DomainHandle, name: string, via?: Via): Promise<CheckpointNode> {
    return requireNode(await this.#nodes(domain, via), name);
  }

  /** Throws `NO_DOMAIN_CHECKPOINT` for a root. */
  async parent(domain: DomainHandle, name: string, via?: Via): Promise<CheckpointNode> {
    const nodes = await this.#nodes(domain, via);
    const { parent } = requireNode(nodes, name);
    if (parent === undefined) throw noCheckpointParent(name);
    return requireNode(nodes, parent);
  }

  #nodes(domain: DomainHandle, via: Via | undefined): Promise<readonly CheckpointNode[]> {
    const way = via === undefined ? undefined : { ...via, flags: undefined };
    return this.parts.pipeline.domain(list, domain, none, way, (facet, { ref }, call) => facet.list(ref, call));
  }
}

function select(
  nodes: readonly CheckpointNode[],
  filter: CheckpointFilter,
  all: readonly CheckpointNode[],
): readonly CheckpointNode[] {
  const parents = new Set(all.map(({ parent }) => parent));
  const kept = filterGroups(nodes, filter, [
    { leaves: ({ name }) => !parents.has(name), noLeaves: ({ name }) => parents.has(name) },
  ]);
  return filter.topological === true ? topological(kept, all) : kept;
}

function requireNode(nodes: readonly CheckpointNode[], name: string): CheckpointNode {
  const node = nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw noCheckpoint(name);
  return node;
}
