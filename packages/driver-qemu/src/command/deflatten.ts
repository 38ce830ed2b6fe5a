import { errorsFrom } from '@virtkit/schema';
import { isObject, members, type JsonObject, type JsonValue } from './json.js';

const virtError = errorsFrom('NONE');

/** An object under construction: keys keep the order of their first appearance. */
type Tree = Map<string, Tree | JsonValue>;

/**
 * Nests an object whose keys name a path (`file.driver`), the form users write in QEMU's `json:` pseudo protocol.
 * Objects whose keys count from 0 become arrays. Throws INVALID_ARG when two keys contradict each other.
 */
export const deflatten = (object: JsonObject): JsonValue => withArrays(nest(object));

function nest(object: JsonObject): Tree {
  const tree: Tree = new Map();
  for (const [key, value] of members(object)) insert(tree, key, value);
  return tree;
}

function insert(tree: Tree, key: string, value: JsonValue): void {
  const dot = key.indexOf('.');
  if (dot < 0) {
    if (tree.has(key)) throw virtError('INVALID_ARG', `can't deflatten colliding key '${key}'`);
    tree.set(key, isObject(value) ? nest(value) : value);
    return;
  }
  const head = key.slice(0, dot);
  const below = tree.get(head) ?? new Map();
  if (!(below instanceof Map))
    throw virtError('INVALID_ARG', 'mixing nested objects and values is forbidden in JSON deflattening');
  tree.set(head, below);
  insert(below, key.slice(dot + 1), value);
}

function withArrays(node: Tree | JsonValue): JsonValue {
  if (!(node instanceof Map)) return node;
  const entries = [...node].map(([key, value]) => [key, withArrays(value)] as const);
  const indices = new Map(entries.map(([key, value]) => [Number(/^\d+$/.test(key) ? key : -1), value]));
  const isList = indices.size === entries.length && entries.every((_, index) => indices.has(index));
  return isList ? entries.map((_, index) => indices.get(index)) : Object.fromEntries(entries);
}
