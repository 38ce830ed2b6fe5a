const none: readonly string[] = [];

export const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');

/**
 * Declarations in force while a document is read from its start; the prefix of the default namespace is empty. A table
 * for each level would make deep documents of many declarations take time by their square.
 */
export class Namespaces {
  readonly #uris = new Map<string, string[]>([['xml', ['http://www.w3.org/XML/1998/namespace']]]);

  /** A start tag with these attributes; answers the prefixes it declares, for `leave`. */
  enter(attributes: readonly string[]): readonly string[] {
    let declared: string[] | undefined;
    for (let i = 0; i < attributes.length; i += 2) {
      const name = attributes[i] as string;
      if (!isDeclaration(name)) continue;
      const prefix = name.slice('xmlns:'.length);
      const uris = this.#uris.get(prefix);
      if (uris === undefined) this.#uris.set(prefix, [attributes[i + 1] as string]);
      else uris.push(attributes[i + 1] as string);
      (declared ??= []).push(prefix);
    }
    return declared ?? none;
  }

  /** The end of the element that declared these. */
  leave(declared: readonly string[]): void {
    for (const prefix of declared) this.#uris.get(prefix)?.pop();
  }

  uriOf(prefix: string): string | undefined {
    const uris = this.#uris.get(prefix);
    return uris?.[uris.length - 1];
  }

  /** The name of a node: local, or `{uri}local`; a prefix nobody declared stays part of the name, as in libxml2. */
  resolve(name: string): string {
    const colon = name.indexOf(':');
    const uri = this.uriOf(colon === -1 ? '' : name.slice(0, colon));
    return uri === undefined || uri === '' ? name : `{${uri}}${name.slice(colon + 1)}`;
  }
}

export const withoutDeclarations = (attributes: readonly string[]): string[] =>
  attributes.filter((_, i) => !isDeclaration(attributes[i - (i % 2)] as string));
