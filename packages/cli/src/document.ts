import { attributeOf, childOf, childrenOf, readDocument, textOf, type XmlNode } from '@virtkit/xml';

/** A domain's devices of one kind, as nodes. */
export function devices(xml: string, kind: string): readonly XmlNode[] {
  const list = childOf(readDocument(xml).root, 'devices');
  return list === undefined ? [] : childrenOf(list, kind);
}

/** An attribute of a child: `attribute(disk, 'target', 'dev')`. */
export function attribute(node: XmlNode, child: string, name: string): string | undefined {
  const found = childOf(node, child);
  return found === undefined ? undefined : attributeOf(found, name);
}

export { attributeOf, childOf, childrenOf, readDocument, textOf, type XmlNode };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
  '\n': '&#10;', // so that layout changes no text
};
const escaped = (text: string): string => text.replace(/[&<>'"\n]/g, (sign) => ENTITIES[sign] ?? sign);

const attributesText = (attributes: Attributes): string =>
  Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}='${escaped(value)}'`]))
    .join('');

type Attributes = Readonly<Record<string, string | undefined>>;

/**
 * A small element for a call, laid out as libvirt lays out documents.
 * @param attributes those that are undefined are left out
 */
export function markup(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const words = attributesText(attributes);
  if (children.length === 0) return `<${name}${words}/>`;
  const lines = children.map((child) => `  ${child.replaceAll('\n', '\n  ')}\n`);
  return `<${name}${words}>\n${lines.join('')}</${name}>`;
}
export const textElement = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;
