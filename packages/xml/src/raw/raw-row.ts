import { childOf, type XmlNode } from '../reader/node.js';
import { type Pieces, sliceable, whole } from '../pieces.js';
import { type ReadContext, type Row, row, type Target } from '../table/row.js';
import { declarationOf, namespaceOf, type RawElement, type RawMember, rawAttribute } from './raw-element.js';
import { endOfMarkup } from './one-line.js';
import { RawReader, readRaw } from './read-raw.js';
import { writeMember } from './write-raw.js';

/**
 * An element whose content belongs to others: one child for each namespace (the first wins), children without one are dropped;
 * empty, it is absent. Declarations it needs from the element around are taken along.
 */
export function raw(): Row<RawMember, true> {
  return row<RawMember, true>(true, (key) => ({
    read: sliceable(
      (node: XmlNode, target: Target, context: ReadContext) => whole(readMember(key, node, target, context)),
      (node, target, context) => readMember(key, node, target, context),
    ),
    body(source, indent) {
      const member = source[key] as RawMember | undefined;
      return member === undefined ? '' : writeMember(key, member, indent);
    },
    known: () => ({ children: [[key, undefined]] }),
  }));
}

function* readMember(key: string, node: XmlNode, target: Target, context: ReadContext): Pieces<void> {
  const found = childOf(node, key);
  if (found === undefined) return;
  const reader = new RawReader(context.text, found.start);
  const { attributes, elements } = yield* reader.member();
  const outer = outerDeclarations(reader.prefixes.undeclared, node, context);
  const member = onePerNamespace({ attributes: [...outer, ...attributes], elements });
  if (member.elements.length > 0) target[key] = member;
}

function outerDeclarations(prefixes: ReadonlySet<string>, outer: XmlNode, context: ReadContext): readonly string[] {
  if (prefixes.size === 0) return [];
  const parent = readRawTag(context.text, outer.start);
  return [...prefixes].flatMap((prefix) => {
    const name = declarationOf(prefix);
    const uri = rawAttribute(parent, name);
    return uri === undefined ? [] : [name, uri];
  });
}

/** The element with its attributes alone. */
function readRawTag(text: string, start: number): RawElement {
  const tag = text.slice(start, endOfMarkup(text, start));
  return readRaw(tag.endsWith('/>') ? tag : `${tag.slice(0, -1)}/>`, 0);
}

/** Children without a namespace and repeated ones are dropped; comments and text between them too. */
function onePerNamespace({ attributes, elements }: RawMember): RawMember {
  const seen = new Set<string>();
  const first = elements.filter((element) => {
    const uri = namespaceOf(element, { attributes });
    if (uri === undefined || seen.has(uri)) return false;
    seen.add(uri);
    return true;
  });
  return { attributes, elements: first };
}
