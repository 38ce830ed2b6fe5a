import type { TreeNode } from './tree.js';
import { booleanOf, isNodes, numberOf, stringOf, type XPathValue } from './values.js';

/** Where an expression is evaluated. */
export interface Place {
  readonly node: TreeNode;
  /** From 1. */
  readonly position: number;
  readonly size: number;
}

type Call = (place: Place, args: readonly XPathValue[]) => XPathValue;
interface FunctionRow {
  /** Smallest and largest number of arguments. */
  readonly arity: readonly [number, number];
  readonly call: Call;
}

const nodes = (value: XPathValue | undefined, { node }: Place): readonly TreeNode[] =>
  value === undefined ? [node] : isNodes(value) ? value : [];
const words = (value: XPathValue | undefined, { node }: Place): string =>
  value === undefined ? node.value : stringOf(value);
const number = (value: XPathValue | undefined, { node }: Place): number => numberOf(value ?? node.value);
const local = (name: string): string => name.slice(name.indexOf('}') + 1);

const text = (count: number, call: (args: readonly string[]) => XPathValue, most = count): FunctionRow => ({
  arity: [count, most],
  call: (_place, args) => call(args.map(stringOf)),
});
const rounded = (round: (value: number) => number): FunctionRow => ({
  arity: [1, 1],
  call: (place, [value]) => round(number(value, place)),
});

function substring(whole: string, first: number, length: number): string {
  const from = Math.round(first);
  const to = from + Math.round(length);
  return [...whole].filter((_, at) => at + 1 >= from && at + 1 < to).join('');
}

function translated([whole = '', from = '', to = '']: readonly string[]): string {
  const [signs, others] = [[...from], [...to]];
  return [...whole].map((sign) => (signs.includes(sign) ? (others[signs.indexOf(sign)] ?? '') : sign)).join('');
}

/** XPath's functions by name. */
export const functions: Readonly<Record<string, FunctionRow>> = {
  last: { arity: [0, 0], call: ({ size }) => size },
  position: { arity: [0, 0], call: ({ position }) => position },
  count: { arity: [1, 1], call: (place, [set]) => nodes(set, place).length },
  name: { arity: [0, 1], call: (place, [set]) => local(nodes(set, place)[0]?.name ?? '') },
  'local-name': { arity: [0, 1], call: (place, [set]) => local(nodes(set, place)[0]?.name ?? '') },
  string: { arity: [0, 1], call: (place, [value]) => words(value, place) },
  concat: text(2, (args) => args.join(''), Number.POSITIVE_INFINITY),
  'starts-with': text(2, ([a = '', b = '']) => a.startsWith(b)),
  contains: text(2, ([a = '', b = '']) => a.includes(b)),
  'substring-before': text(2, ([a = '', b = '']) => a.slice(0, Math.max(a.indexOf(b), 0))),
  'substring-after': text(2, ([a = '', b = '']) => (a.includes(b) ? a.slice(a.indexOf(b) + b.length) : '')),
  substring: {
    arity: [2, 3],
    call: (_place, [whole = '', first = 1, length = Number.POSITIVE_INFINITY]) =>
      substring(stringOf(whole), numberOf(first), numberOf(length)),
  },
  'string-length': { arity: [0, 1], call: (place, [value]) => [...words(value, place)].length },
  'normalize-space': { arity: [0, 1], call: (place, [value]) => words(value, place).trim().replace(/\s+/g, ' ') },
  translate: text(3, translated),
  boolean: { arity: [1, 1], call: (_place, [value = false]) => booleanOf(value) },
  not: { arity: [1, 1], call: (_place, [value = false]) => !booleanOf(value) },
  true: { arity: [0, 0], call: () => true },
  false: { arity: [0, 0], call: () => false },
  number: { arity: [0, 1], call: (place, [value]) => number(value, place) },
  sum: {
    arity: [1, 1],
    call: (place, [set]) => nodes(set, place).reduce((sum, { value }) => sum + numberOf(value), 0),
  },
  floor: rounded(Math.floor),
  ceiling: rounded(Math.ceil),
  round: rounded(Math.round),
};
