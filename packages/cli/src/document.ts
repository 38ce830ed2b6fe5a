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
};
const escaped = (text: string): string => text.replace(/[&<>'"]/g, (sign) => ENTITIES[sign] ?? sign);

/** A small element for a call: attributes that are undefined are left out. */
export function markup(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly string[] = [],
): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}='${escaped(value)}'`],
  );
  return `<${name}${words.join('')}${children.length === 0 ? '/>' : `>${children.join('')}</${name}>`}`;
}
export const textElement = (
  name: string,
  text: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): string => markup(name, attributes, [escaped(text)]);
