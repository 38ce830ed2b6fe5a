import { readDocument, textOf, type XmlNode } from '../document.js';

/** A node as XPath sees it. Text between elements comes before them: libvirt's documents do not mix the two. */
export interface TreeNode {
  readonly kind: 'root' | 'element' | 'attribute' | 'text';
  /** Of an element in a namespace `{uri}local`. */
  readonly name: string;
  /** What `string()` gives. */
  readonly value: string;
  readonly parent: TreeNode | undefined;
  readonly attributes: readonly TreeNode[];
  readonly children: readonly TreeNode[];
  /** Place in the document. */
  readonly order: number;
  /** Of an element. */
  readonly source: XmlNode | undefined;
}

type Growing = { -readonly [K in keyof TreeNode]: TreeNode[K] } & { attributes: TreeNode[]; children: TreeNode[] };

/** Makes nodes, numbered as the document has them. */
class Planter {
  #order = 0;

  node(kind: TreeNode['kind'], name: string, value: string, parent: TreeNode | undefined): Growing {
    this.#order += 1;
    return { kind, name, value, parent, attributes: [], children: [], order: this.#order, source: undefined };
  }

  element(source: XmlNode, parent: TreeNode): TreeNode {
    const made = this.node('element', source.name, textOf(source), parent);
    made.source = source;
    for (let at = 0; at < source.attributes.length; at += 2)
      made.attributes.push(this.node('attribute', source.attributes[at] ?? '', source.attributes[at + 1] ?? '', made));
    if (source.text !== '') made.children.push(this.node('text', '', source.text, made));
    for (const child of source.children) made.children.push(this.element(child, made));
    return made;
  }
}

/** The root node of a document, above its first element. */
export function treeOf(xml: string): TreeNode {
  const { root } = readDocument(xml);
  const planter = new Planter();
  const made = planter.node('root', '', textOf(root), undefined);
  made.children.push(planter.element(root, made));
  return made;
}
