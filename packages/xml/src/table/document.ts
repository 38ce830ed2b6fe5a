import { inPieces, type Pieces, whole } from '../pieces.js';
import type { XmlDocument, XmlNode } from '../reader/node.js';
import { documentPieces, type ReadOptions, readDocument } from '../reader/read-document.js';
import { SchemaViolation, valueError } from '../xml-error.js';
import { positionOf } from './context.js';
import { isLong } from './long.js';
import { type ElementType, matchedTag, type ReadContext, type WriteContext } from './row.js';

export type ParseOptions = ReadOptions & WriteContext;

/** Reads a whole document whose root is this element. Throws `XmlError` and whatever errors the tables raise. */
export const parseElement = <T>(type: ElementType<T>, text: string | Uint8Array, options: ParseOptions = {}): T =>
  readElement(type, readDocument(text, options), options);

/** As `parseElement`, in pieces. */
export function* parsePieces<T>(
  type: ElementType<T>,
  text: string | Uint8Array,
  options: ParseOptions = {},
): Pieces<T> {
  return yield* elementPieces(type, yield* documentPieces(text, options), options);
}

/** As `parseElement`, for a document that has been read. */
export function readElement<T>(type: ElementType<T>, document: XmlDocument, options: WriteContext = {}): T {
  return type.read(document.root, rootContext(type, document, options));
}

/** Characters of a document that is not worth pieces. */
const SHORT = 32_768;

/** As `readElement`, in pieces where the document is long. */
export function* elementPieces<T>(type: ElementType<T>, document: XmlDocument, options: WriteContext = {}): Pieces<T> {
  if (document.text.length < SHORT) return readElement(type, document, options);
  return yield* inPieces(type.read, document.root, rootContext(type, document, options));
}

function rootContext<T>(type: ElementType<T>, document: XmlDocument, options: WriteContext): ReadContext {
  const context: ReadContext = { ...options, text: document.text };
  const tag = matchedTag(type.tag);
  const { root } = document;
  if (root.name.replace(/^\{.*\}/, '') !== tag) {
    throw valueError(`expecting root element of '${tag}', not '${root.name}'`, positionOf(root, context));
  }
  return context;
}

/** Writes a value as a document. */
export const formatElement = <T>(type: ElementType<T>, value: T, context: WriteContext = {}): string =>
  type.write(value, '', context);

/** As `formatElement`, in pieces where the value is long. */
export function* formatPieces<T>(type: ElementType<T>, value: T, context: WriteContext = {}): Pieces<string> {
  return isLong(value) ? yield* inPieces(type.write, value, '', context) : type.write(value, '', context);
}

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

/** Problems that are told of one document: finding a line takes as long as the text is. */
const mostProblems = 100;

/** As `checkElement`, for a document that has been read. */
export const checkDocument = <T>(type: ElementType<T>, document: XmlDocument): Problem[] =>
  whole(checkPieces(type, document));

/** As `checkDocument`, in pieces. */
export function* checkPieces<T>(type: ElementType<T>, document: XmlDocument): Pieces<Problem[]> {
  const problems: Problem[] = [];
  const report = (problem: string, node: XmlNode): void => {
    if (problems.length < mostProblems) problems.push({ text: problem, line: positionOf(node, document).line });
  };
  if (document.text.length < SHORT) type.check(document.root, report);
  else yield* inPieces(type.check, document.root, report);
  return problems;
}

/** The first value a table reads although no schema allows it. What it does not read at all is told by reading. */
export function* violationPieces<T>(
  type: ElementType<T>,
  document: XmlDocument,
  options: WriteContext = {},
): Pieces<readonly Problem[]> {
  try {
    yield* elementPieces(type, document, { ...options, strict: true });
  } catch (error) {
    if (error instanceof SchemaViolation) return [{ text: error.message, line: error.position.line }];
  }
  return [];
}
