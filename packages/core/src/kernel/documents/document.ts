/** A formatted document, shared by all who ask for it as long as nothing it shows has changed. */
export class Document {
  #utf8: Uint8Array | undefined;

  constructor(readonly text: string) {}

  /** The same array at every call: never change it. */
  get utf8(): Uint8Array {
    this.#utf8 ??= new TextEncoder().encode(this.text);
    return this.#utf8;
  }

  toString(): string {
    return this.text;
  }
}
