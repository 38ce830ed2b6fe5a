/** Declarations in force at an element: prefix to URI; the prefix of the default namespace is empty. */
export type Scope = ReadonlyMap<string, string>;

export const rootScope: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');

/** The scope inside an element with these attributes; the same object where they declare nothing. */
export function scopeWith(outer: Scope, attributes: readonly string[]): Scope {
  let scope: Map<string, string> | undefined;
  for (let i = 0; i < attributes.length; i += 2) {
    const name = attributes[i] as string;
    if (!isDeclaration(name)) continue;
    scope ??= new Map(outer);
    scope.set(name.slice(6), attributes[i + 1] as string);
  }
  return scope ?? outer;
}

export const withoutDeclarations = (attributes: readonly string[]): string[] =>
  attributes.filter((_, i) => !isDeclaration(attributes[i - (i % 2)] as string));

/** The name of a node: local, or `{uri}local`; a prefix nobody declared stays part of the name, as in libxml2. */
export function resolveName(name: string, scope: Scope): string {
  const colon = name.indexOf(':');
  if (colon === -1 && !scope.has('')) return name;
  const uri = scope.get(colon === -1 ? '' : name.slice(0, colon));
  if (uri === undefined || uri === '') return name;
  return `{${uri}}${name.slice(colon + 1)}`;
}
