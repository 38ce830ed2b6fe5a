import { PART, type Pieces, whole } from '../pieces.js';
import { readAttributes } from './attributes.js';
import { forbiddenIndex } from './characters.js';
import { Cursor, type Origin } from './cursor.js';
import { decodeText } from './decode.js';
import { expanded } from './entities.js';
import { defaultLimits, type Limits } from './limits.js';
import { skipComment, skipDeclaration, skipInstruction, skipMisc } from './markup.js';
import { Namespaces, withoutDeclarations } from './namespaces.js';
import type { XmlDocument, XmlNode } from './node.js';

export interface ReadOptions extends Origin {
  readonly limits?: Partial<Limits> | undefined;
  /** Elements whose content is no matter of the reader's caller: it is read as strictly, and kept as text alone. */
  readonly opaque?: readonly string[] | 'all' | undefined;
}

/** A node while its content is being read. */
interface OpenNode {
  name: string;
  attributes: readonly string[];
  children: XmlNode[];
  text: string;
  start: number;
  end: number;
}

interface Level {
  readonly node: OpenNode;
  /** Name as written, which the end tag must repeat. */
  readonly written: string;
  /** Prefixes it declares. */
  readonly declared: readonly string[];
  /** Its content becomes nodes. */
  readonly kept: boolean;
}

const none: never[] = [];

/**
 * Reads a document: strict, linear in its length, without any document type. Throws `XmlError` with libxml2's wording,
 * line and column. Documents over a limit are refused while they are read.
 */
export const readDocument = (input: string | Uint8Array, options: ReadOptions = {}): XmlDocument =>
  whole(documentPieces(input, options));

/** As `readDocument`, in pieces. */
export function* documentPieces(input: string | Uint8Array, options: ReadOptions = {}): Pieces<XmlDocument> {
  const limits = { ...defaultLimits, ...options.limits };
  const text = decodeText(input, options);
  const cursor = new Cursor(text, limits, options);
  if (text.length > limits.length)
    cursor.fail(`Document of ${text.length} characters is over the limit of ${limits.length}`, 0);
  if (text === '') cursor.fail('Document is empty', 0);
  skipDeclaration(cursor);
  skipMisc(cursor);
  if (cursor.code() !== 0x3c) cursor.fail("Start tag expected, '<' not found");
  const root = yield* new TreeReader(cursor, options.opaque ?? none).read();
  skipMisc(cursor);
  if (!cursor.atEnd) cursor.fail('Extra content at the end of the document');
  return { root, text };
}

const localPart = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Builds the tree without recursion, so that depth is a limit and never a stack overflow. */
class TreeReader {
  private readonly levels: Level[] = [];
  private readonly namespaces = new Namespaces();
  private root: OpenNode | undefined;
  /** End of a text whose references are being read. */
  private textEnd = 0;
  private count = 0;

  constructor(
    private readonly cursor: Cursor,
    private readonly opaque: readonly string[] | 'all',
  ) {}

  *read(): Pieces<XmlNode> {
    this.openElement();
    let next = PART;
    while (this.levels.length > 0) {
      this.readContent(this.levels[this.levels.length - 1] as Level);
      if (this.cursor.pos < next) continue;
      yield;
      next = this.cursor.pos + PART;
    }
    return this.root as OpenNode;
  }

  private readContent(level: Level): void {
    const { cursor } = this;
    const { text } = cursor;
    if (cursor.pos < this.textEnd) return this.expandPart(level);
    const next = text.indexOf('<', cursor.pos);
    const end = next === -1 ? text.length : next;
    if (end > cursor.pos) this.readText(level, end);
    if (cursor.pos < end) return;
    if (next === -1) {
      cursor.fail(
        `Premature end of data in tag ${localPart(level.written)} line ${cursor.lineAt(level.node.start)}`,
        text.length,
      );
    }
    const kind = text.charCodeAt(next + 1);
    if (kind === 0x2f) this.closeElement(level);
    else if (kind === 0x3f) skipInstruction(cursor);
    else if (kind === 0x21) this.readMarked(level);
    else this.openElement();
  }

  /** A comment or a CDATA section; anything else after `<!` isn't content. */
  private readMarked(level: Level): void {
    const { cursor } = this;
    if (cursor.startsWith('<!--')) return skipComment(cursor);
    if (!cursor.startsWith('<![CDATA[')) cursor.fail('StartTag: invalid element name', cursor.pos + 1);
    const from = cursor.pos + 9;
    const to = cursor.text.indexOf(']]>', from);
    if (to === -1) cursor.fail('Unregistered error message', cursor.text.length);
    const data = cursor.text.slice(from, to);
    const bad = forbiddenIndex(data);
    if (bad !== -1) cursor.fail(`CData section not finished\n${data.slice(0, Math.min(bad, 50))}`, from + bad);
    if (level.kept) level.node.text += data;
    cursor.pos = to + 3;
  }

  private readText(level: Level, end: number): void {
    const { cursor } = this;
    const from = cursor.pos;
    const raw = cursor.text.slice(from, end);
    cursor.pos = end;
    if (/^[ \t\n]*$/.test(raw)) {
      const leaf = level.node.children.length === 0 && cursor.text.charCodeAt(end + 1) === 0x2f;
      if (level.kept && (leaf || level.node.text !== '')) level.node.text += raw;
      return;
    }
    this.checkText(raw, from);
    if (!raw.includes('&')) {
      if (level.kept) level.node.text += raw;
      return;
    }
    cursor.pos = from;
    this.textEnd = end;
    this.expandPart(level);
  }

  private expandPart(level: Level): void {
    const text = expanded(this.cursor, this.textEnd, PART);
    if (level.kept) level.node.text += text;
  }

  private checkText(raw: string, from: number): void {
    const closing = raw.indexOf(']]>');
    if (closing !== -1) this.cursor.fail("Sequence ']]>' not allowed in content", from, from + closing);
    const bad = forbiddenIndex(raw);
    if (bad !== -1) this.cursor.fail(`PCDATA invalid Char value ${raw.codePointAt(bad)}`, from + bad);
  }

  private openElement(): void {
    const { cursor, levels } = this;
    const start = cursor.pos;
    cursor.pos += 1;
    const written = cursor.name();
    if (written === '') cursor.fail('StartTag: invalid element name');
    const found = cursor.text.charCodeAt(cursor.pos) === 0x3e ? none : readAttributes(cursor);
    this.checkLimits();
    const parent = levels[levels.length - 1];
    const declared = this.namespaces.enter(found);
    const attributes = declared.length === 0 ? found : withoutDeclarations(found);
    const node: OpenNode = {
      name: cursor.intern(this.namespaces.resolve(written)),
      attributes,
      children: none,
      text: '',
      start,
      end: 0,
    };
    this.addTo(parent, node);
    this.finishTag({ node, written, declared, kept: parent?.kept !== false && !this.isOpaque(node.name) });
  }

  private isOpaque(name: string): boolean {
    return this.opaque === 'all' || this.opaque.includes(name);
  }

  private addTo(parent: Level | undefined, node: OpenNode): void {
    if (parent === undefined) this.root = node;
    else if (!parent.kept) return;
    else if (parent.node.children === none) parent.node.children = [node];
    else parent.node.children.push(node);
  }

  private finishTag(level: Level): void {
    const { cursor } = this;
    const code = cursor.code();
    if (code === 0x3e) {
      cursor.pos += 1;
      this.levels.push(level);
    } else if (cursor.startsWith('/>')) {
      cursor.pos += 2;
      this.end(level);
    } else {
      cursor.fail(`Couldn't find end of Start Tag ${level.written} line ${cursor.lineAt(level.node.start)}`);
    }
  }

  private checkLimits(): void {
    const { limits } = this.cursor;
    this.count += 1;
    if (this.levels.length >= limits.depth) {
      this.cursor.fail(`Excessive depth in document: ${limits.depth} use XML_PARSE_HUGE option`);
    }
    if (this.count > limits.elements) this.cursor.fail(`Excessive number of elements: ${limits.elements}`);
  }

  private closeElement(level: Level): void {
    const { cursor } = this;
    cursor.pos += 2;
    const name = cursor.name();
    cursor.skipBlanks();
    if (cursor.code() !== 0x3e) cursor.fail("expected '>'");
    cursor.pos += 1;
    if (name !== level.written) {
      const line = cursor.lineAt(level.node.start);
      const [opened, closed] = [localPart(level.written), level.written.includes(':') ? localPart(name) : name];
      cursor.fail(`Opening and ending tag mismatch: ${opened} line ${line} and ${closed}`);
    }
    this.levels.pop();
    this.end(level);
  }

  private end({ node, declared }: Level): void {
    node.end = this.cursor.pos;
    this.namespaces.leave(declared);
  }
}
