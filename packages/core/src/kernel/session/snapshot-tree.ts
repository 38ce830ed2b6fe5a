import type { SnapshotNode } from '../../contract/facets/snapshot.js';
import { filterGroups } from './domain-filter.js';

/** @libvirt virDomainSnapshotListFlags */
export interface SnapshotFilter {
  /** Only those without parent; of `children`: not only direct ones. */
  readonly roots?: boolean;
  readonly descendants?: boolean;
  /** Parents before their children. */
  readonly topological?: boolean;
  readonly leaves?: boolean;
  readonly noLeaves?: boolean;
  readonly metadata?: boolean;
  readonly noMetadata?: boolean;
  readonly inactive?: boolean;
  readonly active?: boolean;
  readonly diskOnly?: boolean;
  readonly internal?: boolean;
  readonly external?: boolean;
}

/** `all` is the whole tree, for what depends on children. */
export function filterSnapshots(
  nodes: readonly SnapshotNode[],
  filter: SnapshotFilter,
  all: readonly SnapshotNode[] = nodes,
): readonly SnapshotNode[] {
  const parents = new Set(all.map(({ parent }) => parent));
  const base = filter.roots === true ? nodes.filter(({ parent }) => parent === undefined) : nodes;
  const kept = filterGroups(base, filter, [
    { leaves: ({ name }) => !parents.has(name), noLeaves: ({ name }) => parents.has(name) },
    { metadata: ({ hasMetadata }) => hasMetadata, noMetadata: ({ hasMetadata }) => !hasMetadata },
    {
      inactive: ({ state }) => state === 'inactive',
      active: ({ state }) => state === 'active',
      diskOnly: ({ state }) => state === 'disk-only',
    },
    { internal: ({ external }) => !external, external: ({ external }) => external },
  ]);
  return filter.topological === true ? topological(kept, all) : kept;
}

export function childrenOf<N extends { readonly name: string; readonly parent?: string }>(
  nodes: readonly N[],
  name: string,
  descendants: boolean,
): readonly N[] {
  if (!descendants) return nodes.filter(({ parent }) => parent === name);
  const inside = new Set([name]);
  const byDepth = topological(nodes, nodes);
  return byDepth.filter((node) => {
    if (node.parent === undefined || !inside.has(node.parent)) return false;
    inside.add(node.name);
    return true;
  });
}

/** Parents first; otherwise in the given order. */
export function topological<N extends { readonly name: string; readonly parent?: string }>(
  nodes: readonly N[],
  all: readonly N[],
): readonly N[] {
  const parents = new Map(all.map(({ name, parent }) => [name, parent]));
  const depth = (name: string): number => {
    let steps = 0;
    for (let at = parents.get(name); at !== undefined && steps <= parents.size; at = parents.get(at)) steps += 1;
    return steps;
  };
  const depths = new Map(nodes.map(({ name }) => [name, depth(name)]));
  return nodes.toSorted((a, b) => (depths.get(a.name) ?? 0) - (depths.get(b.name) ?? 0));
}
