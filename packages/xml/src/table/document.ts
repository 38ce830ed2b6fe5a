import type { XmlDocument } from '../reader/node.js';
import { type ReadOptions, readDocument } from '../reader/read-document.js';
import { valueError } from '../xml-error.js';
import { positionOf } from './context.js';
import { type ElementType, matchedTag, type ReadContext, type WriteContext } from './row.js';

export type ParseOptions = ReadOptions & WriteContext;

/** Reads a whole document whose root is this element. Throws `XmlError` and whatever errors the tables raise. */
export const parseElement = <T>(type: ElementType<T>, text: string | Uint8Array, options: ParseOptions = {}): T =>
  readElement(type, readDocument(text, options), options);

/** As `parseElement`, for a document that has been read. */
export function readElement<T>(type: ElementType<T>, document: XmlDocument, options: WriteContext = {}): T {
  const context: ReadContext = { ...options, text: document.text };
  const tag = matchedTag(type.tag);
  const { root } = document;
  if (root.name.replace(/^\{.*\}/, '') !== tag) {
    throw valueError(`expecting root element of '${tag}', not '${root.name}'`, positionOf(root, context));
  }
  return type.read(root, context);
}

/** Writes a value as a document. */
export const formatElement = <T>(type: ElementType<T>, value: T, context: WriteContext = {}): string =>
  type.write(value, '', context);

/** What a strict check has to say about a document, with the line of each problem. */
export interface Problem {
  readonly text: string;
  readonly line: number;
}

/** Names the tables don't know: attributes, elements. Empty for a document all of which is understood. */
export const checkElement = <T>(
  type: ElementType<T>,
  text: string | Uint8Array,
  options: ReadOptions = {},
): Problem[] => checkDocument(type, readDocument(text, options));

/** As `checkElement`, for a document that has been read. */
export function checkDocument<T>(type: ElementType<T>, document: XmlDocument): Problem[] {
  const problems: Problem[] = [];
  type.check(document.root, (problem, node) => problems.push({ text: problem, line: positionOf(node, document).line }));
  return problems;
}
