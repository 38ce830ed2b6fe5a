import { childOf, type XmlNode } from '../reader/node.js';
import { type Pieces, sliceable, whole } from '../pieces.js';
import { type Row, row, type ReadContext, type Target, type WriteContext } from '../table/row.js';
import { isElement, namespaceOf, type RawElement, rawAttribute, undeclaredPrefixes } from './raw-node.js';
import { rawPieces, readRaw } from './read-raw.js';
import { rawLines } from './write-raw.js';

/**
 * An element whose content belongs to others: one child for each namespace (the first wins), children without one are dropped;
 * empty, it is absent. Declarations it needs from the element around are taken along.
 */
export function raw(): Row<RawElement, true> {
  return row<RawElement, true>(true, (key) => ({
    read: sliceable(
      (node: XmlNode, target: Target, context: ReadContext) => whole(readMember(key, node, target, context)),
      (node, target, context) => readMember(key, node, target, context),
    ),
    body: sliceable(
      (source: Target, indent: string, _context: WriteContext) =>
        whole(memberLines(source[key] as RawElement | undefined, indent)),
      (source, indent) => memberLines(source[key] as RawElement | undefined, indent),
    ),
    known: () => ({ children: [[key, undefined]] }),
  }));
}

function* readMember(key: string, node: XmlNode, target: Target, context: ReadContext): Pieces<void> {
  const found = childOf(node, key);
  if (found === undefined) return;
  const all = yield* rawPieces(context.text, found.start);
  const element = onePerNamespace(withOuterDeclarations(all, node, context));
  if (element.children.length > 0) target[key] = element;
}

function* memberLines(element: RawElement | undefined, indent: string): Pieces<string> {
  return element === undefined ? '' : yield* rawLines(element, indent);
}

function withOuterDeclarations(element: RawElement, outer: XmlNode, context: ReadContext): RawElement {
  const prefixes = undeclaredPrefixes(element);
  if (prefixes.length === 0) return element;
  const parent = readRawTag(context.text, outer.start);
  const declarations = prefixes.flatMap((prefix) => {
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    const uri = rawAttribute(parent, name);
    return uri === undefined ? [] : [name, uri];
  });
  return { ...element, attributes: [...declarations, ...element.attributes] };
}

/** The element with its attributes alone. */
function readRawTag(text: string, start: number): RawElement {
  const end = /^<(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(text.slice(start))?.[0] ?? '';
  return readRaw(end.endsWith('/>') ? end : `${end.slice(0, -1)}/>`, 0);
}

/** Children without a namespace and repeated ones are dropped; comments and text between them too. */
export function onePerNamespace(element: RawElement): RawElement {
  const seen = new Set<string>();
  const children = element.children.filter((child) => {
    const uri = isElement(child) ? namespaceOf(child, element) : undefined;
    if (uri === undefined || seen.has(uri)) return false;
    seen.add(uri);
    return true;
  });
  return { ...element, children };
}
