/**
 * One element. `name` is the local name; of an element in a namespace it is `{uri}local`, so that names never meet by chance.
 * Text is kept where it isn't only blanks between elements. Offsets are indices into the document's text.
 */
export interface XmlNode {
  readonly name: string;
  /** Names and values in turn, in document order; namespace declarations are left out. */
  readonly attributes: readonly string[];
  readonly children: readonly XmlNode[];
  /** The element's own text, entities resolved. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A read document: the root element and the text the offsets point into. */
export interface XmlDocument {
  readonly root: XmlNode;
  readonly text: string;
}

/** The attribute's value; undefined where it isn't there. */
export function attributeOf(node: XmlNode, name: string): string | undefined {
  const { attributes } = node;
  for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === name) return attributes[i + 1];
  return undefined;
}

/** The first child element of that name. */
export function childOf(node: XmlNode, name: string): XmlNode | undefined {
  for (const child of node.children) if (child.name === name) return child;
  return undefined;
}

/** All child elements of that name. */
export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** All text below an element in document order, as XPath's `string()`. */
export function textOf(node: XmlNode): string {
  if (node.children.length === 0) return node.text;
  return node.text + node.children.map(textOf).join('');
}
