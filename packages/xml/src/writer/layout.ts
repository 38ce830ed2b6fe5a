/** Indentation by level, two spaces each; deeper levels are made when asked for. */
const STEP = '  ';

export const deeper = (indent: string): string => indent + STEP;

/** ` name='value'`; the value is escaped already. */
export const writtenAttribute = (name: string, escaped: string): string => ` ${name}='${escaped}'`;

/** An element with children: `body` holds whole lines, indented one step further; empty gives `<name/>`. */
export function writtenElement(name: string, attributes: string, body: string, indent: string): string {
  if (body === '') return `${indent}<${name}${attributes}/>\n`;
  return `${indent}<${name}${attributes}>\n${body}${indent}</${name}>\n`;
}

/** An element with text, escaped already. */
export const writtenText = (name: string, attributes: string, escaped: string, indent: string): string =>
  `${indent}<${name}${attributes}>${escaped}</${name}>\n`;
