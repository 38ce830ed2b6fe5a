import type { TreeNode } from './tree.js';

type Axis = (node: TreeNode) => readonly TreeNode[];

const descendants: Axis = (node) => node.children.flatMap((child) => [child, ...descendants(child)]);
const ancestors: Axis = ({ parent }) => (parent === undefined ? [] : [parent, ...ancestors(parent)]);
const siblings: Axis = (node) => (node.kind === 'attribute' ? [] : (node.parent?.children ?? []));
const after: Axis = (node) => siblings(node).filter(({ order }) => order > node.order);
const before: Axis = (node) =>
  siblings(node)
    .filter(({ order }) => order < node.order)
    .reverse();
const withDescendants: Axis = (node) => [node, ...descendants(node)];

/** Nodes of each axis, the nearest first, which is how positions count. */
export const axes: Readonly<Record<string, Axis>> = {
  self: (node) => [node],
  child: (node) => node.children,
  attribute: (node) => node.attributes,
  parent: ({ parent }) => (parent === undefined ? [] : [parent]),
  descendant: descendants,
  'descendant-or-self': withDescendants,
  ancestor: ancestors,
  'ancestor-or-self': (node) => [node, ...ancestors(node)],
  'following-sibling': after,
  'preceding-sibling': before,
  following: (node) => [node, ...ancestors(node)].flatMap(after).flatMap(withDescendants),
  preceding: (node) =>
    [node, ...ancestors(node)].flatMap(before).flatMap((each) => [...withDescendants(each)].reverse()),
};
