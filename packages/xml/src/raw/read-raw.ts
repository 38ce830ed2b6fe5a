import { type Pieces, STEPS, whole } from '../pieces.js';
import { readAttributes } from '../reader/attributes.js';
import { Cursor } from '../reader/cursor.js';
import { reference } from '../reader/entities.js';
import { defaultLimits } from '../reader/limits.js';
import type { RawElement, RawNode } from './raw-node.js';

interface Open {
  readonly name: string;
  readonly attributes: readonly string[];
  children: RawNode[];
}

const none: never[] = [];

/**
 * Reads one element of a text that `readDocument` has accepted, keeping all it contains. Blanks between elements go, as in
 * libxml2's reading without blanks.
 */
export const readRaw = (text: string, start: number): RawElement => whole(rawPieces(text, start));

/** As `readRaw`, in pieces. */
export function* rawPieces(text: string, start: number): Pieces<RawElement> {
  const cursor = new Cursor(text, defaultLimits, {});
  cursor.pos = start;
  const stack: Open[] = [];
  for (let count = 1; ; count += 1) {
    const closed = step(cursor, stack);
    if (count % STEPS === 0) yield;
    if (closed === undefined) continue;
    const parent = stack[stack.length - 1];
    if (parent === undefined) return closed;
    addTo(parent, closed);
  }
}

/** Reads the next piece; gives an element when it ends. */
function step(cursor: Cursor, stack: Open[]): RawElement | undefined {
  const parent = stack[stack.length - 1];
  if (parent !== undefined && cursor.code() !== 0x3c) return addText(cursor, parent);
  if (cursor.startsWith('</')) return close(cursor, stack);
  if (cursor.startsWith('<!--')) return add(cursor, parent, 'comment', '<!--', '-->');
  if (cursor.startsWith('<![CDATA[')) return add(cursor, parent, 'cdata', '<![CDATA[', ']]>');
  if (cursor.startsWith('<?')) return add(cursor, parent, 'instruction', '<?', '?>');
  return open(cursor, stack);
}

function open(cursor: Cursor, stack: Open[]): RawElement | undefined {
  cursor.pos += 1;
  const element: Open = { name: cursor.name(), attributes: readAttributes(cursor), children: none };
  const empty = cursor.startsWith('/>');
  cursor.pos += empty ? 2 : 1;
  if (empty) return { kind: 'element', ...element };
  stack.push(element);
  return undefined;
}

/** Most elements have no children: those share one list. */
function addTo(parent: Open, node: RawNode): void {
  if (parent.children === none) parent.children = [node];
  else parent.children.push(node);
}

function close(cursor: Cursor, stack: Open[]): RawElement {
  cursor.pos = cursor.text.indexOf('>', cursor.pos) + 1;
  return { kind: 'element', ...(stack.pop() as Open) }; // an end tag has a start tag: the text is well-formed
}

function add(
  cursor: Cursor,
  parent: Open | undefined,
  kind: 'comment' | 'cdata' | 'instruction',
  start: string,
  end: string,
): undefined {
  const to = cursor.text.indexOf(end, cursor.pos + start.length);
  if (parent !== undefined) addTo(parent, { kind, text: cursor.text.slice(cursor.pos + start.length, to) });
  cursor.pos = to + end.length;
}

function addText(cursor: Cursor, parent: Open): undefined {
  const end = cursor.text.indexOf('<', cursor.pos);
  const raw = cursor.text.slice(cursor.pos, end);
  const keep = !isAllBlank(raw) || isKeptBlank(parent, cursor.text.charAt(end + 1));
  const text = raw.includes('&') ? expand(cursor, end) : raw;
  if (keep) addTo(parent, { kind: 'text', text });
  cursor.pos = end;
}

const isAllBlank = (raw: string): boolean => /^[ \t\r\n]*$/.test(raw);

/** Blanks count where they are all an element holds, and beside other text. */
function isKeptBlank(parent: Open, next: string): boolean {
  if (parent.children.length === 0) return next === '/';
  return parent.children[0]?.kind === 'text' || parent.children[parent.children.length - 1]?.kind === 'text';
}

function expand(cursor: Cursor, end: number): string {
  let value = '';
  while (cursor.pos < end) {
    const next = cursor.text.indexOf('&', cursor.pos);
    const to = next === -1 || next > end ? end : next;
    value += cursor.text.slice(cursor.pos, to);
    cursor.pos = to;
    if (to < end) value += reference(cursor);
  }
  return value;
}
