/** Foreign content kept as it is: elements with their names and declarations as written, text, comments, instructions. */
export type RawNode =
  | RawElement
  | { readonly kind: 'text' | 'cdata' | 'comment' | 'instruction'; readonly text: string };

export interface RawElement {
  readonly kind: 'element';
  /** With prefix. */
  readonly name: string;
  /** Names and values in turn, namespace declarations included. */
  readonly attributes: readonly string[];
  readonly children: readonly RawNode[];
}

/** The value of an attribute or a declaration. */
export function rawAttribute(element: RawElement, name: string): string | undefined {
  const at = element.attributes.findIndex((entry, i) => i % 2 === 0 && entry === name);
  return at === -1 ? undefined : element.attributes[at + 1];
}

export const prefixOf = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? '' : name.slice(0, colon);
};

const declarationFor = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);

/** The namespace of an element, seen from itself and then from outside; undefined where it has none. */
export function namespaceOf(element: RawElement, outer?: RawElement): string | undefined {
  const declaration = declarationFor(prefixOf(element.name));
  const uri =
    rawAttribute(element, declaration) ?? (outer === undefined ? undefined : rawAttribute(outer, declaration));
  return uri === '' ? undefined : uri;
}

export const isElement = (node: RawNode): node is RawElement => node.kind === 'element';

/** Prefixes used at or below an element that nothing in between declares, in order of use. */
export function undeclaredPrefixes(element: RawElement): readonly string[] {
  const found = new Set<string>();
  collectUndeclared(element, new Set(['xml']), found);
  return [...found];
}

function collectUndeclared(element: RawElement, outer: ReadonlySet<string>, found: Set<string>): void {
  const known = withDeclarations(element, outer);
  const use = (prefix: string): void => {
    if (!known.has(prefix)) found.add(prefix);
  };
  use(prefixOf(element.name));
  for (let i = 0; i < element.attributes.length; i += 2) {
    const name = element.attributes[i] as string;
    if (!isDeclaration(name) && name.includes(':')) use(prefixOf(name));
  }
  for (const child of element.children) if (child.kind === 'element') collectUndeclared(child, known, found);
}

function withDeclarations({ attributes }: RawElement, outer: ReadonlySet<string>): ReadonlySet<string> {
  const declared = attributes.filter((name, i) => i % 2 === 0 && isDeclaration(name));
  return declared.length === 0 ? outer : new Set([...outer, ...declared.map((name) => name.slice('xmlns:'.length))]);
}

/** `xmlns` or `xmlns:PREFIX`. */
export const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');
