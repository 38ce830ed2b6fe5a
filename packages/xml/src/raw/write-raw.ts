import { type Pieces, STEPS, whole } from '../pieces.js';
import { deeper } from '../writer/layout.js';
import { isDeclaration, type RawElement, type RawNode } from './raw-node.js';

const inText: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const inAttribute: Readonly<Record<string, string>> = { ...inText, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

const escapeRawText = (text: string): string => text.replace(/[&<>\r]/g, (char) => inText[char] as string);
const escapeRawAttribute = (text: string): string =>
  text.replace(/[&<>"\r\n\t]/g, (char) => inAttribute[char] as string);

/** The element as lines, indented: double quotes, every element on a line of its own unless text stands beside it. */
export const writeRaw = (element: RawElement, indent: string): string => whole(rawLines(element, indent));

/** As `writeRaw`, in pieces. */
export function* rawLines(element: RawElement, indent: string): Pieces<string> {
  return `${indent}${yield* new RawWriter(indent).write(element)}\n`;
}

/** The element on one line, as it stands. */
export const writeRawInline = (element: RawElement): string => whole(new RawWriter(undefined).write(element));

/** An element whose content is being written. */
interface Level {
  readonly element: RawElement;
  readonly indent: string | undefined;
  /** Indentation of its children; undefined where nothing is laid out. */
  readonly inner: string | undefined;
  next: number;
}

/** Writes without recursion, so that it can wait in between. */
class RawWriter {
  readonly #levels: Level[] = [];
  readonly #written: string[] = [];
  /** Joined every now and then: a text of parts takes many times its size. */
  readonly #parts: string[] = [];

  constructor(private readonly indent: string | undefined) {}

  *write(element: RawElement): Pieces<string> {
    this.#open(element, this.indent);
    for (let step = 1; this.#levels.length > 0; step += 1) {
      this.#writeNext(this.#levels[this.#levels.length - 1] as Level);
      if (step % STEPS !== 0) continue;
      this.#join();
      yield;
    }
    this.#join();
    return this.#written.join('');
  }

  #join(): void {
    this.#written.push(this.#parts.join(''));
    this.#parts.length = 0;
  }

  #writeNext(level: Level): void {
    const { element, indent, inner } = level;
    const child = element.children[level.next];
    level.next += 1;
    if (child === undefined) {
      this.#levels.pop();
      this.#parts.push(inner === undefined ? '' : (indent ?? ''), '</', element.name, '>');
      this.#endLine(this.#levels[this.#levels.length - 1]);
    } else {
      if (inner !== undefined) this.#parts.push(inner);
      if (child.kind === 'element' && this.#open(child, inner)) return;
      if (child.kind !== 'element') this.#parts.push(leafText(child));
      this.#endLine(level);
    }
  }

  #endLine(level: Level | undefined): void {
    if (level?.inner !== undefined) this.#parts.push('\n');
  }

  /** False for an element without content, which is complete. */
  #open(element: RawElement, indent: string | undefined): boolean {
    this.#parts.push('<', element.name, attributesText(element));
    if (element.children.length === 0) {
      this.#parts.push('/>');
      return false;
    }
    const inner = indent === undefined || element.children.some(isText) ? undefined : deeper(indent);
    this.#parts.push(inner === undefined ? '>' : '>\n');
    this.#levels.push({ element, indent, inner, next: 0 });
    return true;
  }
}

const isText = ({ kind }: RawNode): boolean => kind === 'text' || kind === 'cdata';

/** Declarations first. */
function attributesText({ attributes }: RawElement): string {
  let declarations = '';
  let others = '';
  for (let i = 0; i < attributes.length; i += 2) {
    const name = attributes[i] as string;
    const written = ` ${name}="${escapeRawAttribute(attributes[i + 1] as string)}"`;
    if (isDeclaration(name)) declarations += written;
    else others += written;
  }
  return declarations + others;
}

function leafText(node: Exclude<RawNode, RawElement>): string {
  switch (node.kind) {
    case 'text':
      return escapeRawText(node.text);
    case 'cdata':
      return `<![CDATA[${node.text}]]>`;
    case 'comment':
      return `<!--${node.text}-->`;
    case 'instruction':
      return `<?${node.text}?>`;
  }
}
