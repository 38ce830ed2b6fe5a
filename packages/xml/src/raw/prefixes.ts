import { isDeclaration, Namespaces } from '../reader/namespaces.js';
import { prefixOf } from './raw-element.js';

/** Prefixes that are used in a part of a document and declared outside of it. */
export class Prefixes {
  readonly #namespaces = new Namespaces();
  /** In order of use. */
  readonly undeclared = new Set<string>();

  /** A start tag: its declarations hold for itself too. Answers what it declares, for `leave`. */
  enter(name: string, attributes: readonly string[]): readonly string[] {
    const declared = this.#namespaces.enter(attributes);
    this.#use(prefixOf(name));
    for (let i = 0; i < attributes.length; i += 2) {
      const attribute = attributes[i] as string;
      if (attribute.includes(':') && !isDeclaration(attribute)) this.#use(prefixOf(attribute));
    }
    return declared;
  }

  /** The end of the element that declared these. */
  leave(declared: readonly string[]): void {
    this.#namespaces.leave(declared);
  }

  #use(prefix: string): void {
    if (this.#namespaces.uriOf(prefix) === undefined) this.undeclared.add(prefix);
  }
}
