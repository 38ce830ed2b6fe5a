import { inPieces, type Pieces, sliceable } from '../pieces.js';
import { isLongElement } from './long.js';
import type { XmlNode } from '../reader/node.js';
import { deeper } from '../writer/layout.js';
import type { BoundRow, Checker, Report, Rows, Target, ReadContext, WriteContext } from './row.js';

type Reader = NonNullable<BoundRow['read']>;
type AttributeWriter = NonNullable<BoundRow['attributes']>;
type BodyWriter = NonNullable<BoundRow['body']>;
type ContentWriter = NonNullable<BoundRow['content']>;

/** A table as arrays of closures. */
export interface Compiled {
  readonly keys: readonly string[];
  readonly bound: readonly BoundRow[];
  readonly readers: readonly Reader[];
  readonly attributeWriters: readonly AttributeWriter[];
  readonly bodyWriters: readonly BodyWriter[];
  readonly contentWriters: readonly ContentWriter[];
}

const present = <T>(value: T | undefined): value is T => value !== undefined;

export function compileRows(rows: Rows): Compiled {
  const keys = Object.keys(rows);
  const bound = Object.entries(rows).map(([key, row]) => row.bind(key));
  return {
    keys,
    bound,
    readers: bound.map((row) => row.read).filter(present),
    attributeWriters: bound.map((row) => row.attributes).filter(present),
    bodyWriters: bound.map((row) => row.body).filter(present),
    contentWriters: bound.map((row) => row.content).filter(present),
  };
}

/** Compiles when first asked. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export function readInto(compiled: Compiled, node: XmlNode, target: Target, context: ReadContext): void {
  for (const read of compiled.readers) read(node, target, context);
  if (context.coverage !== undefined) cover(compiled.keys, node.name, target, context.coverage.read);
}

/** As `readInto`, in pieces. */
export function* readIntoPieces(compiled: Compiled, node: XmlNode, target: Target, context: ReadContext): Pieces<void> {
  for (const read of compiled.readers) {
    if (read.pieces !== undefined) yield* read.pieces(node, target, context);
    else read(node, target, context);
    if (node.children.length > MANY) yield;
  }
  if (context.coverage !== undefined) cover(compiled.keys, node.name, target, context.coverage.read);
}

/** Children from which on looking through them takes its time. */
const MANY = 1_000;

export function attributesOf(compiled: Compiled, source: Target, context: WriteContext): string {
  let written = '';
  for (const write of compiled.attributeWriters) written += write(source, context);
  return written;
}

export function bodyOf(compiled: Compiled, source: Target, indent: string, context: WriteContext): string {
  let written = '';
  for (const write of compiled.bodyWriters) written += write(source, indent, context);
  return written;
}

/** As `bodyOf`, in pieces. */
function* bodyPieces(compiled: Compiled, source: Target, indent: string, context: WriteContext): Pieces<string> {
  let written = '';
  for (const write of compiled.bodyWriters)
    written +=
      write.pieces === undefined ? write(source, indent, context) : yield* write.pieces(source, indent, context);
  return written;
}

interface WritePlace {
  readonly indent: string;
  readonly context: WriteContext;
  /** Written before those of the table. */
  readonly attributes?: string;
}

/** The whole element. With text and no children it stands on one line, without either it is empty. */
export const writeWith = (compiled: Compiled, name: string, source: Target, place: WritePlace): string =>
  around(compiled, name, source, place, bodyOf(compiled, source, deeper(place.indent), place.context));

/** As `writeWith`, in pieces. */
export function* writePieces(compiled: Compiled, name: string, source: Target, place: WritePlace): Pieces<string> {
  const body = yield* bodyPieces(compiled, source, deeper(place.indent), place.context);
  return around(compiled, name, source, place, body);
}

function around(compiled: Compiled, name: string, source: Target, place: WritePlace, body: string): string {
  const { indent, context } = place;
  const attributes = (place.attributes ?? '') + attributesOf(compiled, source, context);
  if (context.coverage !== undefined) cover(compiled.keys, name, source, context.coverage.written);
  if (body !== '') return `${indent}<${name}${attributes}>\n${body}${indent}</${name}>\n`;
  for (const write of compiled.contentWriters) {
    const text = write(source, context);
    if (text !== undefined && text !== '') return `${indent}<${name}${attributes}>${text}</${name}>\n`;
  }
  return `${indent}<${name}${attributes}/>\n`;
}

/** Checks names of attributes and children against what the rows account for. */
export const checkWith = (bound: readonly BoundRow[], extra: readonly string[]): Checker =>
  sliceable(
    (node: XmlNode, report: Report) => {
      const known = knownIn(bound, extra, node);
      if (known.open) return;
      checkAttributes(node, known, report);
      const seen = new Set<string>();
      for (const child of node.children) checkerOf(child, node, { known, seen, report })?.(child, report);
      if (!known.text) reportText(node, report);
    },
    function* (node, report) {
      const known = knownIn(bound, extra, node);
      if (known.open) return;
      checkAttributes(node, known, report);
      const seen = new Set<string>();
      for (const child of node.children) {
        const checker = checkerOf(child, node, { known, seen, report });
        if (checker !== undefined && isLongElement(child)) yield* inPieces(checker, child, report);
        else checker?.(child, report);
        yield;
      }
      if (!known.text) reportText(node, report);
    },
  );

/** What the rows of an element account for. */
interface KnownNames {
  readonly attributes: ReadonlySet<string>;
  readonly children: ReadonlyMap<string, KnownChild>;
  readonly text: boolean;
  /** Anything is allowed. */
  readonly open: boolean;
}

function knownIn(bound: readonly BoundRow[], extra: readonly string[], node: XmlNode): KnownNames {
  const attributes = new Set(extra);
  const children = new Map<string, KnownChild>();
  let [open, text] = [false, false];
  for (const row of bound) {
    const known = row.known?.(node);
    text ||= known?.text === true;
    for (const name of known?.attributes ?? []) attributes.add(name);
    for (const [name, checker, once] of known?.children ?? []) addChild(children, name, { checker, once });
    open ||= known?.anything === true;
  }
  return { attributes, children, text, open };
}

/** What all rows say of children of one name: one that allows several outweighs the others. */
interface KnownChild {
  readonly checkers: Checker[];
  once: boolean;
}

function addChild(
  children: Map<string, KnownChild>,
  name: string,
  { checker, once }: { readonly checker: Checker | undefined; readonly once: 'once' | undefined },
): void {
  const known = children.get(name) ?? { checkers: [], once: true };
  if (checker !== undefined) known.checkers.push(checker);
  known.once &&= once === 'once';
  children.set(name, known);
}

function checkAttributes(node: XmlNode, { attributes }: KnownNames, report: Report): void {
  for (let i = 0; i < node.attributes.length; i += 2) {
    const name = node.attributes[i] as string;
    if (!attributes.has(name)) report(`Invalid attribute ${name} for element ${node.name}`, node);
  }
}

/** Checks the name of a child; answers what checks the rest of it. */
function checkerOf(
  child: XmlNode,
  { name }: XmlNode,
  { known, seen, report }: { readonly known: KnownNames; readonly seen: Set<string>; readonly report: Report },
): Checker | undefined {
  const found = known.children.get(child.name);
  const isExtra = found === undefined || (found.once && seen.has(child.name));
  seen.add(child.name);
  if (isExtra) {
    report(`Element ${name} has extra content: ${localName(child.name)}`, child);
    return undefined;
  }
  const { checkers } = found;
  return checkers.length === 1 ? checkers[0] : (node, to) => checkAny(checkers, node, to);
}

const localName = (name: string): string => name.replace(/^\{.*\}/, '');

/** Words between elements, where only elements belong. */
export function reportText(node: XmlNode, report: Report): void {
  if (node.text.trim() !== '') report(`Element ${node.name} has extra content: text`, node);
}

/** Several rows may read one element (its attributes, its text): what one of them knows is known. */
function checkAny(checkers: readonly Checker[], node: XmlNode, report: Report): void {
  const results = checkers.map((checker) => {
    const problems: (readonly [string, XmlNode])[] = [];
    checker(node, (problem, at) => problems.push([problem, at]));
    return problems;
  });
  const unknownToAll = (results[0] ?? []).filter(([text]) =>
    results.every((problems) => problems.some(([other]) => other === text)),
  );
  for (const [problem, at] of unknownToAll) report(problem, at);
}

function cover(keys: readonly string[], name: string, values: Target, seen: Set<string>): void {
  for (const key of keys) {
    const value = values[key];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) seen.add(`${name}.${key}`);
  }
}
