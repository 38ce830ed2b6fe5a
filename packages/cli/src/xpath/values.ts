import type { TreeNode } from './tree.js';

/** What an expression gives. */
export type XPathValue = string | number | boolean | readonly TreeNode[];

export const isNodes = (value: XPathValue): value is readonly TreeNode[] => Array.isArray(value);

export function stringOf(value: XPathValue): string {
  if (isNodes(value)) return value[0]?.value ?? '';
  return Object.is(value, -0) ? '0' : String(value);
}

export function numberOf(value: XPathValue): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  const words = stringOf(value).trim();
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(words) ? Number(words) : Number.NaN;
}

export const booleanOf = (value: XPathValue): boolean =>
  isNodes(value) ? value.length > 0 : typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value);

/** In the order of the document, each node once. */
export const inOrder = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
  [...new Set(nodes)].sort((a, b) => a.order - b.order);

type Scalar = string | number | boolean;
const scalars = (value: XPathValue): readonly Scalar[] =>
  isNodes(value) ? value.map((node) => node.value) : [value as Scalar];

const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function equal(a: Scalar, b: Scalar): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return booleanOf(a) === booleanOf(b);
  if (typeof a === 'number' || typeof b === 'number') return numberOf(a) === numberOf(b);
  return a === b;
}

/** Of a set of nodes, whether it holds for any of them; a boolean is compared with the set as a whole. */
export function compare(sign: string, left: XPathValue, right: XPathValue): boolean {
  const whole = (value: XPathValue, other: XPathValue): readonly Scalar[] =>
    typeof other === 'boolean' ? [booleanOf(value)] : scalars(value);
  const order = orders[sign];
  const holds = (a: Scalar, b: Scalar): boolean =>
    order === undefined ? equal(a, b) === (sign === '=') : order(numberOf(a), numberOf(b));
  return whole(left, right).some((a) => whole(right, left).some((b) => holds(a, b)));
}
