import type { Document } from './document.js';

interface Entry {
  readonly generation: number;
  readonly documents: Map<string, Document>;
}

/** Documents by object and way of formatting, valid for one generation of the object. Bounded: the oldest objects leave first. */
export class DocumentCache {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly limit = 2_000) {}

  get(object: string, generation: number, variant: string): Document | undefined {
    const entry = this.#entries.get(object);
    return entry?.generation === generation ? entry.documents.get(variant) : undefined;
  }

  set(object: string, generation: number, variant: string, document: Document): void {
    let entry = this.#entries.get(object);
    if (entry?.generation !== generation) {
      this.#entries.delete(object);
      entry = { generation, documents: new Map() };
      this.#entries.set(object, entry);
      if (this.#entries.size > this.limit) this.#dropOldest();
    }
    entry.documents.set(variant, document);
  }

  clear(): void {
    this.#entries.clear();
  }

  #dropOldest(): void {
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) this.#entries.delete(oldest.value);
  }
}
