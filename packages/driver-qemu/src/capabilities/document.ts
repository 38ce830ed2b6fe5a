import { escapeText } from '@virtkit/xml';

/** A part of a document that is only written. */
export interface Item {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly Item[];
  readonly text?: string;
}

/** An element with children. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly Item[] = [],
): Item => ({ name, attributes, children });

/** An element with text. */
export const leaf = (
  name: string,
  text: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): Item => ({
  name,
  attributes,
  children: [],
  text,
});

/** `<enum name=…>` with its values. */
export const enumeration = (name: string, values: readonly string[]): Item =>
  element(
    'enum',
    { name },
    values.map((value) => leaf('value', value)),
  );

/** The text in libvirt's layout, with a final newline. */
export const writeDocument = (item: Item): string => `${lines(item, '').join('\n')}\n`;

function lines(item: Item, indent: string): readonly string[] {
  const start = `${indent}<${item.name}${attributesText(item.attributes)}`;
  if (item.text !== undefined) return [`${start}>${escapeText(item.text)}</${item.name}>`];
  if (item.children.length === 0) return [`${start}/>`];
  return [`${start}>`, ...item.children.flatMap((child) => lines(child, `${indent}  `)), `${indent}</${item.name}>`];
}

const attributesText = (attributes: Item['attributes']): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}='${escapeText(value)}'`))
    .join('');
