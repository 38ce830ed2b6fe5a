import type { SnapshotNode, SnapshotOptions } from '../../contract/facets/snapshot.js';
import { noSnapshot, noSnapshotParent, noCurrentSnapshot } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import { objectOperations, on } from './operations.js';
import type { DomainHandle } from './pipeline.js';
import { domainResolver } from './resolvers.js';
import { childrenOf, filterSnapshots, type SnapshotFilter } from './snapshot-tree.js';
import { step } from './step.js';
import type { Via } from './via.js';

const Rows = objectOperations(domainResolver, {
  revert: on('snapshot.revert', 'virDomainRevertToSnapshot', 2, 1),
  delete: on('snapshot.delete', 'virDomainSnapshotDelete', 2, 1),
});
const list = step('snapshot.list', 'virDomainListAllSnapshots');
const definition = step('snapshot.definition', 'virDomainSnapshotGetXMLDesc');
const create = step('snapshot.create', 'virDomainSnapshotCreateXML');
const none = {};

/** Snapshots of a domain. Filters, parents, children and the current one are derived from the driver's tree. */
export class Snapshots extends Rows {
  /** @libvirt virDomainListAllSnapshots; its count and names are `virDomainSnapshotNum` and `…ListNames` */
  async list(domain: DomainHandle, filter: SnapshotFilter = none, via?: Via): Promise<readonly SnapshotNode[]> {
    refuseUnknownBits(this.parts.pipeline.driver, via, via?.function ?? list.function);
    return filterSnapshots(await this.#nodes(domain, via), filter);
  }

  /** @libvirt virDomainSnapshotListAllChildren */
  async children(
    domain: DomainHandle,
    name: string,
    filter: SnapshotFilter = none,
    via?: Via,
  ): Promise<readonly SnapshotNode[]> {
    refuseUnknownBits(this.parts.pipeline.driver, via, via?.function ?? 'virDomainSnapshotListAllChildren');
    const nodes = await this.#nodes(domain, via);
    requireNode(nodes, name);
    const { descendants, ...rest } = filter;
    return filterSnapshots(childrenOf(nodes, name, descendants === true), rest, nodes);
  }

  /** Throws `NO_DOMAIN_SNAPSHOT`. */
  async lookupByName(domain: DomainHandle, name: string, via?: Via): Promise<SnapshotNode> {
    return requireNode(await this.#nodes(domain, via), name);
  }

  /** Throws `NO_DOMAIN_SNAPSHOT` for a root. */
  async parent(domain: DomainHandle, name: string, via?: Via): Promise<SnapshotNode> {
    const nodes = await this.#nodes(domain, via);
    const { parent } = requireNode(nodes, name);
    if (parent === undefined) throw noSnapshotParent(name);
    return requireNode(nodes, parent);
  }

  /** Throws `NO_DOMAIN_SNAPSHOT` when there is none. */
  async current(domain: DomainHandle, via?: Via): Promise<SnapshotNode> {
    const node = (await this.#nodes(domain, via)).find(({ current }) => current);
    if (node === undefined) throw noCurrentSnapshot();
    return node;
  }

  async hasCurrent(domain: DomainHandle, via?: Via): Promise<boolean> {
    return (await this.#nodes(domain, via)).some(({ current }) => current);
  }

  async xmlDesc(
    domain: DomainHandle,
    name: string,
    options: { readonly secure?: boolean } = none,
    via?: Via,
  ): Promise<string> {
    const { pipeline, documents } = this.parts;
    pipeline.refuseReadOnly(via?.function ?? definition.function, options);
    const found = await pipeline.domain(definition, domain, none, via, (facet, { ref }, call) =>
      facet.definition(ref, name, call),
    );
    return documents.formatSnapshot(found, options);
  }

  create(domain: DomainHandle, xml: string, options: SnapshotOptions = none, via?: Via): Promise<SnapshotNode> {
    const { pipeline, documents } = this.parts;
    return pipeline.domain(create, domain, options, via, async (facet, { ref }, call) => {
      const current = await pipeline.connection.domain.definition(ref, 'current', call);
      const { validate, redefine } = options;
      const flags = { ...(validate === true && { validate }), ...(redefine === true && { redefine }) };
      const parsed = await documents.snapshot(xml, current, flags, call.signal);
      return facet.create(ref, parsed, options, call);
    });
  }

  #nodes(domain: DomainHandle, via: Via | undefined): Promise<readonly SnapshotNode[]> {
    const way = via === undefined ? undefined : { ...via, flags: undefined };
    return this.parts.pipeline.domain(list, domain, none, way, (facet, { ref }, call) => facet.list(ref, call));
  }
}

function requireNode(nodes: readonly SnapshotNode[], name: string): SnapshotNode {
  const node = nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw noSnapshot(name);
  return node;
}
