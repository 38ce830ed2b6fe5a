import { childOf, type XmlNode } from '../reader/node.js';
import { type Row, row, type ReadContext } from '../table/row.js';
import { isElement, namespaceOf, type RawElement, rawAttribute, undeclaredPrefixes } from './raw-node.js';
import { readRaw } from './read-raw.js';
import { writeRaw } from './write-raw.js';

/**
 * An element whose content belongs to others: one child for each namespace (the first wins), children without one are dropped;
 * empty, it is absent. Declarations it needs from the element around are taken along.
 */
export function raw(): Row<RawElement, true> {
  return row<RawElement, true>(true, (key) => ({
    read(node, target, context) {
      const found = childOf(node, key);
      if (found === undefined) return;
      const element = onePerNamespace(withOuterDeclarations(readRaw(context.text, found.start), node, context));
      if (element.children.length > 0) target[key] = element;
    },
    body: (source, indent) => {
      const element = source[key] as RawElement | undefined;
      return element === undefined ? '' : writeRaw(element, indent);
    },
    known: () => ({ children: [[key, undefined]] }),
  }));
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
