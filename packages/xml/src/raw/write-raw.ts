import { deeper } from '../writer/layout.js';
import type { RawElement, RawNode } from './raw-node.js';

const inText: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const inAttribute: Readonly<Record<string, string>> = { ...inText, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

const escapeRawText = (text: string): string => text.replace(/[&<>\r]/g, (char) => inText[char] as string);
const escapeRawAttribute = (text: string): string =>
  text.replace(/[&<>"\r\n\t]/g, (char) => inAttribute[char] as string);

/** The element as lines, indented: double quotes, every element on a line of its own unless text stands beside it. */
export function writeRaw(element: RawElement, indent: string): string {
  return `${indent}${writeElement(element, indent)}\n`;
}

/** The element on one line, as it stands. */
export const writeRawInline = (element: RawElement): string => writeElement(element, undefined);

/** Without `indent` nothing is laid out. */
function writeElement(element: RawElement, indent: string | undefined): string {
  const start = `<${element.name}${attributesText(element)}`;
  if (element.children.length === 0) return `${start}/>`;
  const inline =
    indent === undefined || element.children.some((child) => child.kind === 'text' || child.kind === 'cdata');
  if (inline)
    return `${start}>${element.children.map((child) => writeNode(child, undefined)).join('')}</${element.name}>`;
  const inner = deeper(indent);
  const lines = element.children.map((child) => `${inner}${writeNode(child, inner)}\n`).join('');
  return `${start}>\n${lines}${indent}</${element.name}>`;
}

function attributesText(element: RawElement): string {
  const pairs = element.attributes.flatMap((name, i) =>
    i % 2 === 0 ? [[name, element.attributes[i + 1] as string] as const] : [],
  );
  const declarations = pairs.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const others = pairs.filter((pair) => !declarations.includes(pair));
  return [...declarations, ...others].map(([name, value]) => ` ${name}="${escapeRawAttribute(value)}"`).join('');
}

function writeNode(node: RawNode, indent: string | undefined): string {
  switch (node.kind) {
    case 'element':
      return writeElement(node, indent);
    case 'text':
      return escapeRawText(node.text);
    case 'cdata':
      return `<![CDATA[${node.text}]]>`;
    case 'comment':
      return `<!--${node.text}-->`;
    case 'instruction':
      return `<?${node.text}?>`;
  }
}
