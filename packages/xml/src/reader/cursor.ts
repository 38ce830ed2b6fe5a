import { syntaxError } from '../xml-error.js';
import { isBlank, isNameChar, isNameStart } from './characters.js';
import type { Limits } from './limits.js';
import { excerpt, positionAt } from './position.js';

/** As in libxml2. */
const LONGEST_NAME = 50_000;

/** What the caller knows about a document, for its errors. */
export interface Origin {
  /** File the text comes from; without it errors say `at line N`. */
  readonly file?: string | undefined;
  /** libvirt's number of the part of the system whose document this is (domain 20, network 19 …). */
  readonly origin?: number | undefined;
}

/** A place in the text, with the few steps all parts of the scanner share. */
export class Cursor {
  pos = 0;
  readonly #names = new Map<string, string>();

  constructor(
    readonly text: string,
    readonly limits: Limits,
    private readonly origin: Origin,
  ) {}

  code(): number {
    return this.text.charCodeAt(this.pos);
  }

  get atEnd(): boolean {
    return this.pos >= this.text.length;
  }

  startsWith(what: string): boolean {
    return this.text.startsWith(what, this.pos);
  }

  /** Steps over blanks; tells whether there were any. */
  skipBlanks(): boolean {
    const from = this.pos;
    while (isBlank(this.text.charCodeAt(this.pos))) this.pos += 1;
    return this.pos > from;
  }

  /** A name, prefix included; empty where none stands here. The same string for the same name. */
  name(): string {
    const { text, pos: from } = this;
    let pos = from;
    if (isNameStart(text.charCodeAt(pos))) {
      const longest = from + LONGEST_NAME;
      do pos += 1;
      while (pos < longest && isNameChar(text.charCodeAt(pos)));
      if (pos >= longest) this.fail('Name too long', longest);
    }
    this.pos = pos;
    return this.intern(text.slice(from, pos));
  }

  intern(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    this.#names.set(name, name);
    return name;
  }

  lineAt(offset: number): number {
    return positionAt(this.text, offset).line;
  }

  /** Ends the reading: libvirt's wording, the line, and a caret below the offset. `counted` gives the line, if elsewhere. */
  fail(message: string, offset = this.pos, counted = offset): never {
    const position = positionAt(this.text, offset);
    const line = counted === offset ? position.line : positionAt(this.text, counted).line;
    const where = this.origin.file === undefined ? `at line ${line}` : `${this.origin.file}:${line}`;
    throw syntaxError(`${where}: ${message}\n${excerpt(this.text, offset)}`, position, this.origin.origin);
  }
}
