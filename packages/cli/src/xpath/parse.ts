import { axes } from './axes.js';
import { functions, type Place } from './functions.js';
import { invalid, type Token, tokensOf } from './tokens.js';
import type { TreeNode } from './tree.js';
import { booleanOf, compare, inOrder, isNodes, numberOf, type XPathValue } from './values.js';

/** An expression, ready to be evaluated. */
export type Expression = (place: Place) => XPathValue;
type Step = (nodes: readonly TreeNode[]) => readonly TreeNode[];
type Test = (node: TreeNode) => boolean;

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
};

function joining(sign: string, left: Expression, right: Expression): Expression {
  if (sign === 'or') return (place) => booleanOf(left(place)) || booleanOf(right(place));
  if (sign === 'and') return (place) => booleanOf(left(place)) && booleanOf(right(place));
  const reckon = arithmetic[sign];
  if (reckon !== undefined) return (place) => reckon(numberOf(left(place)), numberOf(right(place)));
  return (place) => compare(sign, left(place), right(place));
}

/** Signs from the weakest to the strongest. */
const levels = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', 'div', 'mod']];

const nodesOf = (value: XPathValue): readonly TreeNode[] => (isNodes(value) ? value : []);
const rootOf = (node: TreeNode): TreeNode => (node.parent === undefined ? node : rootOf(node.parent));
const everywhere: Step = (nodes) => inOrder(nodes.flatMap((node) => axes['descendant-or-self']?.(node) ?? []));
const chained = (steps: readonly Step[], from: readonly TreeNode[]): readonly TreeNode[] =>
  steps.reduce((nodes, step) => step(nodes), from);

function narrowed(nodes: readonly TreeNode[], filters: readonly Expression[]): readonly TreeNode[] {
  return filters.reduce((left, filter) => {
    const kept = (node: TreeNode, at: number): boolean => {
      const value = filter({ node, position: at + 1, size: left.length });
      return typeof value === 'number' ? value === at + 1 : booleanOf(value);
    };
    return left.filter(kept);
  }, nodes);
}

/** XPath 1.0 without variables and the namespace axis, by recursive descent. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    const found = this.#level(0);
    if (this.#next.kind !== 'end') throw this.#fault();
    return found;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', word: '', at: this.#text.length };
  }
  #fault(): Error {
    return invalid(this.#text, this.#next.at);
  }
  #take(...words: readonly string[]): string | undefined {
    const { kind, word } = this.#next;
    if ((kind !== 'sign' && kind !== 'operator') || !words.includes(word)) return undefined;
    this.#at += 1;
    return word;
  }
  #expect(word: string): void {
    if (this.#take(word) === undefined) throw this.#fault();
  }

  #level(depth: number): Expression {
    const signs = levels[depth];
    if (signs === undefined) return this.#signed();
    let left = this.#level(depth + 1);
    for (let sign = this.#take(...signs); sign !== undefined; sign = this.#take(...signs))
      left = joining(sign, left, this.#level(depth + 1));
    return left;
  }

  #signed(): Expression {
    if (this.#take('-') === undefined) return this.#union();
    const value = this.#signed();
    return (place) => -numberOf(value(place));
  }

  #union(): Expression {
    const parts = [this.#path()];
    while (this.#take('|') !== undefined) parts.push(this.#path());
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return (place) => inOrder(parts.flatMap((part) => nodesOf(part(place))));
  }

  /** A value, nodes and what lies below them, or a location. */
  #path(): Expression {
    const first = this.#startsValue() ? this.#value() : undefined;
    if (first === undefined) return this.#location();
    const filters = this.#filters();
    const steps = this.#slash() ?? [];
    if (filters.length === 0 && steps.length === 0) return first;
    return (place) => chained(steps, narrowed(nodesOf(first(place)), filters));
  }

  #startsValue(): boolean {
    const { kind, word } = this.#next;
    if (kind === 'text' || kind === 'number' || word === '(') return true;
    return kind === 'name' && word !== 'text' && word !== 'node' && this.#tokens[this.#at + 1]?.word === '(';
  }

  #value(): Expression {
    const { kind, word } = this.#next;
    this.#at += 1;
    if (kind === 'text') return () => word.slice(1, -1);
    if (kind === 'number') return () => Number(word);
    if (kind === 'name') return this.#call(word);
    const inner = this.#level(0);
    this.#expect(')');
    return inner;
  }

  #call(name: string): Expression {
    const row = Object.hasOwn(functions, name) ? functions[name] : undefined;
    this.#expect('(');
    const args: Expression[] = [];
    while (row !== undefined && this.#take(')') === undefined) {
      if (args.length > 0) this.#expect(',');
      args.push(this.#level(0));
    }
    if (row === undefined || args.length < row.arity[0] || args.length > row.arity[1]) throw this.#fault();
    return (place) =>
      row.call(
        place,
        args.map((arg) => arg(place)),
      );
  }

  #location(): Expression {
    const absolute = this.#slash(true);
    const steps = absolute ?? this.#steps();
    return ({ node }) => chained(steps, [absolute === undefined ? node : rootOf(node)]);
  }

  /** Steps behind `/` or `//`; none where neither stands. @param alone whether nothing need follow a `/` */
  #slash(alone = false): readonly Step[] | undefined {
    const slash = this.#take('/', '//');
    if (slash === undefined) return undefined;
    if (slash === '//') return [everywhere, ...this.#steps()];
    return alone && !this.#startsStep() ? [] : this.#steps();
  }

  #startsStep(): boolean {
    const { kind, word } = this.#next;
    return kind === 'name' || ['.', '..', '@', '*'].includes(word);
  }

  #steps(): readonly Step[] {
    const step = this.#step();
    return [step, ...(this.#slash() ?? [])];
  }

  #step(): Step {
    const short = this.#take('.', '..');
    if (short !== undefined)
      return (nodes) => inOrder(nodes.flatMap((node) => axes[short === '.' ? 'self' : 'parent']?.(node) ?? []));
    const name = this.#axis();
    const axis = axes[name];
    const test = this.#test(name === 'attribute' ? 'attribute' : 'element');
    const filters = this.#filters();
    return (nodes) => inOrder(nodes.flatMap((node) => narrowed((axis?.(node) ?? []).filter(test), filters)));
  }

  #axis(): string {
    if (this.#take('@') !== undefined) return 'attribute';
    const { word } = this.#next;
    if (this.#tokens[this.#at + 1]?.word !== '::') return 'child';
    if (!Object.hasOwn(axes, word)) throw this.#fault();
    this.#at += 2;
    return word;
  }

  #test(kind: TreeNode['kind']): Test {
    if (this.#take('*') !== undefined) return (node) => node.kind === kind;
    const { kind: found, word } = this.#next;
    if (found !== 'name') throw this.#fault();
    this.#at += 1;
    if (this.#take('(') === undefined) return (node) => node.kind === kind && node.name === word;
    this.#expect(')');
    return word === 'node' ? () => true : (node) => node.kind === word;
  }

  #filters(): readonly Expression[] {
    const found: Expression[] = [];
    while (this.#take('[') !== undefined) {
      found.push(this.#level(0));
      this.#expect(']');
    }
    return found;
  }
}

/** @throws UsageError for an expression that is not XPath */
export const parseXPath = (text: string): Expression => new Parser(text).whole();
