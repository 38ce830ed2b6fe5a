import { describe, expect, it } from 'vitest';
import type { SnapshotNode } from '../../contract/facets/snapshot.js';
import { childrenOf, filterSnapshots, topological } from './snapshot-tree.js';

const node = (name: string, parent?: string, more: Partial<SnapshotNode> = {}): SnapshotNode => ({
  name,
  current: false,
  external: false,
  hasMetadata: true,
  ...(parent !== undefined && { parent }),
  ...more,
});
const tree = [
  node('leaf', 'middle', { external: true, state: 'disk-only' }),
  node('middle', 'root', { state: 'active' }),
  node('root', undefined, { state: 'inactive' }),
  node('other', 'root', { state: 'active' }),
];
const names = (nodes: readonly SnapshotNode[]): readonly string[] => nodes.map(({ name }) => name);

describe('snapshot trees', () => {
  it('give roots, leaves and those by state and place', () => {
    expect(names(filterSnapshots(tree, { roots: true }))).toEqual(['root']);
    expect(names(filterSnapshots(tree, { leaves: true }))).toEqual(['leaf', 'other']);
    expect(names(filterSnapshots(tree, { active: true, leaves: true }))).toEqual(['other']);
    expect(names(filterSnapshots(tree, { external: true }))).toEqual(['leaf']);
    expect(names(filterSnapshots(tree, { diskOnly: true, inactive: true }))).toEqual(['leaf', 'root']);
  });

  it('give children, all descendants, and parents first', () => {
    expect(names(childrenOf(tree, 'root', false))).toEqual(['middle', 'other']);
    expect(names(childrenOf(tree, 'root', true))).toEqual(['middle', 'other', 'leaf']);
    expect(names(topological(tree, tree))).toEqual(['root', 'middle', 'other', 'leaf']);
  });

  it('ends on a tree whose parents form a circle', () => {
    expect(names(topological([node('a', 'b'), node('b', 'a')], [node('a', 'b'), node('b', 'a')]))).toHaveLength(2);
  });
});
