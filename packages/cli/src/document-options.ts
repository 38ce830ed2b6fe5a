import { flag, type OptionRow, text, type Values } from './command.js';
import { type Output, plain } from './output.js';
import { selected } from './xpath/select.js';

/** Options of every verb that prints a document. */
export const documentOptions: readonly OptionRow[] = [
  text('xpath', 'xpath expression to filter the XML document', { named: true }),
  flag('wrap', 'wrap xpath results in a common root element'),
];

const wrapped = (parts: readonly string[]): string => {
  const found = parts.filter((part) => part.startsWith(' ')).map((part) => [part.slice(0, part.indexOf('=')), part]);
  const attributes = Object.values(Object.fromEntries(found)).join(''); // an element has one of each name: the last
  const inside = parts.filter((part) => !part.startsWith(' ')).map((part) => `  ${part.replaceAll('\n', '\n  ')}\n`);
  return inside.length === 0 ? `<nodes${attributes}/>` : `<nodes${attributes}>\n${inside.join('')}</nodes>`;
};

/** A document, or what `--xpath` finds in it. */
export function documentOutput(xml: string, values: Values): Output {
  const expression = values.optional('xpath');
  if (expression === undefined) return plain(xml);
  const parts = selected(xml, expression);
  if (values.flag('wrap')) return plain(`${wrapped(parts)}\n`);
  return plain(parts.map((part) => `${part}\n`).join(''), parts);
}
