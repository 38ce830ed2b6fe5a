/**
 * An element that belongs to others, kept as text: names, declarations, comments and instructions stay as they were
 * written.
 */
export interface RawElement {
  /** With prefix. */
  readonly name: string;
  /** Names and values in turn, namespace declarations included. */
  readonly attributes: readonly string[];
  /** What stands inside, laid out as below an element that is not indented; `LINE` begins a line. Empty: nothing. */
  readonly content: string;
}

/** The elements of others below one of ours. */
export interface RawMember {
  /** Of our element: names and values in turn. */
  readonly attributes: readonly string[];
  readonly elements: readonly RawElement[];
}

/** A new line in the content of an element, no part of its text: no document may contain it. */
export const LINE = '\u0001';

/** The value of an attribute or a declaration. */
export function rawAttribute({ attributes }: Pick<RawElement, 'attributes'>, name: string): string | undefined {
  const at = attributes.findIndex((entry, i) => i % 2 === 0 && entry === name);
  return at === -1 ? undefined : attributes[at + 1];
}

export const prefixOf = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? '' : name.slice(0, colon);
};

/** The attribute that declares a prefix. */
export const declarationOf = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);

/** The namespace of an element, seen from itself and then from outside; undefined where it has none. */
export function namespaceOf(element: RawElement, outer?: Pick<RawElement, 'attributes'>): string | undefined {
  const declaration = declarationOf(prefixOf(element.name));
  const uri =
    rawAttribute(element, declaration) ?? (outer === undefined ? undefined : rawAttribute(outer, declaration));
  return uri === '' ? undefined : uri;
}

/** Comments and the like, in which nothing is a name, or the beginning of a tag. */
const marked = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<\/?[^\s/>]+/g;

/** The element with a prefix taken off the names of it and of all elements inside. */
export function withoutPrefix(element: RawElement, prefix: string): RawElement {
  if (prefix === '') return element;
  const bare = (name: string): string => (prefixOf(name) === prefix ? name.slice(prefix.length + 1) : name);
  const [start, end] = [`<${prefix}:`, `</${prefix}:`];
  const content = element.content.replace(marked, (tag) =>
    tag.startsWith(start) ? `<${tag.slice(start.length)}` : tag.startsWith(end) ? `</${tag.slice(end.length)}` : tag,
  );
  return { ...element, name: bare(element.name), content };
}
