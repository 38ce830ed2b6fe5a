import { PART, type Pieces, whole } from '../pieces.js';
import { readAttributes } from '../reader/attributes.js';
import { isBlank } from '../reader/characters.js';
import { Cursor } from '../reader/cursor.js';
import { expanded } from '../reader/entities.js';
import { defaultLimits } from '../reader/limits.js';
import { detached } from '../table/scalar.js';
import { endOfMarkup, oneLineElements } from './one-line.js';
import { LINE, type RawElement, type RawMember } from './raw-element.js';
import { Prefixes } from './prefixes.js';
import { attributesText, escapeRawText } from './write-raw.js';

export interface RawOptions {
  /** Given to the names of elements that have no prefix. */
  readonly prefix?: string;
}

interface StartTag {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Prefixes it declares. */
  readonly declared: readonly string[];
  readonly empty: boolean;
}

/** An element whose content is being read. */
interface Open {
  readonly name: string;
  /** Prefixes it declares. */
  readonly declared: readonly string[];
  /** It, or one around it, holds text: nothing inside is laid out. */
  readonly oneLine: boolean;
  first?: 'text' | 'other';
  last?: 'text' | 'other';
}

/**
 * Reads one element of a text that `readDocument` has accepted, keeping all it contains. Blanks between elements go, as in
 * libxml2's reading without blanks.
 */
export const readRaw = (text: string, start: number, options: RawOptions = {}): RawElement =>
  whole(rawPieces(text, start, options));

/** As `readRaw`, in pieces. */
export const rawPieces = (text: string, start: number, options: RawOptions = {}): Pieces<RawElement> =>
  new RawReader(text, start, options).element();

/** Reads elements without recursion and without a tree, so that it can wait in between and takes little memory. */
export class RawReader {
  readonly prefixes = new Prefixes();
  readonly #cursor: Cursor;
  readonly #prefix: string;
  #open: Open[] = [];
  #oneLine: readonly boolean[] = [];
  #tags = 0;
  /** Where it waits next. */
  #pause: number;
  /** End of a text whose references are being read. */
  #textEnd = 0;
  #parts: string[] = [];
  /** Joined every now and then: a text of parts takes many times its size. */
  #written: string[] = [];

  constructor(text: string, start: number, { prefix = '' }: RawOptions = {}) {
    this.#cursor = new Cursor(text, defaultLimits, {});
    this.#cursor.pos = start;
    this.#pause = start + PART;
    this.#prefix = prefix === '' ? '' : `${prefix}:`;
  }

  /** The attributes of the element here and the elements right below it. */
  *member(): Pieces<RawMember> {
    const cursor = this.#cursor;
    const { attributes, empty } = this.#startTag();
    const elements: RawElement[] = [];
    while (!empty) {
      cursor.pos = cursor.text.indexOf('<', cursor.pos);
      if (cursor.startsWith('</')) break;
      if (cursor.startsWith('<!') || cursor.startsWith('<?')) cursor.pos = endOfMarkup(cursor.text, cursor.pos);
      else elements.push(yield* this.element());
      if (this.#isTime()) yield;
    }
    return { attributes: attributes.map(detached), elements };
  }

  /** The element here. */
  *element(): Pieces<RawElement> {
    this.#oneLine = yield* oneLineElements(this.#cursor.text, this.#cursor.pos);
    this.#tags = 0;
    this.#written = [];
    const { name, attributes, declared, empty } = this.#startTag();
    const oneLine = this.#isOneLine();
    if (empty) this.prefixes.leave(declared);
    else this.#open.push({ name, declared, oneLine });
    while (this.#open.length > 0) {
      this.#readNext(this.#open[this.#open.length - 1] as Open);
      if (!this.#isTime()) continue;
      this.#join();
      yield;
    }
    this.#join();
    return { name: detached(name), attributes: attributes.map(detached), content: this.#written.join('') };
  }

  #isTime(): boolean {
    if (this.#cursor.pos < this.#pause) return false;
    this.#pause = this.#cursor.pos + PART;
    return true;
  }

  #join(): void {
    this.#written.push(this.#parts.join(''));
    this.#parts.length = 0;
  }

  /** Whether the start tag that was read last is one of an element with text. */
  #isOneLine(): boolean {
    this.#tags += 1;
    return this.#oneLine[this.#tags - 1] === true;
  }

  #startTag(): StartTag {
    const cursor = this.#cursor;
    cursor.pos += 1;
    const name = cursor.name();
    const attributes = readAttributes(cursor);
    const empty = cursor.startsWith('/>');
    cursor.pos += empty ? 2 : 1;
    const declared = this.prefixes.enter(name, attributes);
    return { name: name.includes(':') ? name : `${this.#prefix}${name}`, attributes, declared, empty };
  }

  #readNext(parent: Open): void {
    const cursor = this.#cursor;
    if (cursor.pos < this.#textEnd) this.#textPart();
    else if (cursor.code() !== 0x3c) this.#text(parent);
    else if (cursor.startsWith('</')) this.#endTag(parent);
    else if (cursor.startsWith('<!') || cursor.startsWith('<?')) this.#copy(parent);
    else this.#element(parent);
  }

  #element(parent: Open): void {
    this.#begin(parent, 'other');
    const { name, attributes, declared, empty } = this.#startTag();
    const oneLine = this.#isOneLine() || parent.oneLine;
    this.#parts.push('<', name, attributesText(attributes));
    if (!empty) this.#open.push({ name, declared, oneLine });
    else {
      this.#parts.push('/>');
      this.prefixes.leave(declared);
    }
  }

  #endTag({ name, declared, oneLine, first }: Open): void {
    const cursor = this.#cursor;
    cursor.pos = cursor.text.indexOf('>', cursor.pos) + 1;
    this.#open.pop();
    this.prefixes.leave(declared);
    if (first !== undefined && !oneLine) this.#line();
    if (this.#open.length === 0) return;
    if (first === undefined) this.#parts.push('/>');
    else this.#parts.push('</', name, '>');
  }

  /** A comment, an instruction or a section, as it stands. */
  #copy(parent: Open): void {
    const cursor = this.#cursor;
    this.#begin(parent, 'other');
    const end = endOfMarkup(cursor.text, cursor.pos);
    this.#parts.push(cursor.text.slice(cursor.pos, end));
    cursor.pos = end;
  }

  #text(parent: Open): void {
    const cursor = this.#cursor;
    const end = cursor.text.indexOf('<', cursor.pos);
    const raw = cursor.text.slice(cursor.pos, end);
    const keep = !isAllBlank(raw) || isKeptBlank(parent, cursor.text.charAt(end + 1));
    if (!keep) cursor.pos = end;
    else {
      this.#begin(parent, 'text');
      this.#textEnd = end;
      this.#textPart();
    }
  }

  #textPart(): void {
    this.#parts.push(escapeRawText(expanded(this.#cursor, this.#textEnd, PART)));
  }

  /** Ends the start tag of the parent before its first child, and begins the child's line. */
  #begin(parent: Open, kind: 'text' | 'other'): void {
    if (parent.first === undefined && this.#open.length > 1) this.#parts.push('>');
    parent.first ??= kind;
    parent.last = kind;
    if (!parent.oneLine) this.#line();
  }

  #line(): void {
    this.#parts.push(LINE, '  '.repeat(this.#open.length));
  }
}

function isAllBlank(raw: string): boolean {
  for (let i = 0; i < raw.length; i += 1) if (!isBlank(raw.charCodeAt(i))) return false;
  return true;
}

/** Blanks count where they are all an element holds, and beside other text. */
const isKeptBlank = ({ first, last }: Open, next: string): boolean =>
  first === undefined ? next === '/' : first === 'text' || last === 'text';
