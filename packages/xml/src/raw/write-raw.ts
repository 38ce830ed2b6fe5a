import { isDeclaration } from '../reader/namespaces.js';
import { deeper } from '../writer/layout.js';
import { LINE, type RawElement, type RawMember } from './raw-element.js';

const inText: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const inAttribute: Readonly<Record<string, string>> = { ...inText, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

export const escapeRawText = (text: string): string => text.replace(/[&<>\r]/g, (char) => inText[char] as string);
const escapeRawAttribute = (text: string): string =>
  text.replace(/[&<>"\r\n\t]/g, (char) => inAttribute[char] as string);

/** The element as lines, indented: double quotes, every element on a line of its own unless text stands beside it. */
export function writeRaw({ name, attributes, content }: RawElement, indent: string): string {
  const start = `${indent}<${name}${attributesText(attributes)}`;
  if (content === '') return `${start}/>\n`;
  return `${start}>${content.replaceAll(LINE, `\n${indent}`)}</${name}>\n`;
}

/** An element of ours with those of others below it. */
export function writeMember(name: string, { attributes, elements }: RawMember, indent: string): string {
  const lines = elements.map((element) => writeRaw(element, deeper(indent))).join('');
  return `${indent}<${name}${attributesText(attributes)}>\n${lines}${indent}</${name}>\n`;
}

/** Declarations first. */
export function attributesText(attributes: readonly string[]): string {
  let declarations = '';
  let others = '';
  for (let i = 0; i < attributes.length; i += 2) {
    const name = attributes[i] as string;
    const written = ` ${name}="${escapeRawAttribute(attributes[i + 1] as string)}"`;
    if (isDeclaration(name)) declarations += written;
    else others += written;
  }
  return declarations + others;
}
