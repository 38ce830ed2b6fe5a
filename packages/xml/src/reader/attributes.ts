import { forbiddenIndex } from './characters.js';
import type { Cursor } from './cursor.js';
import { reference } from './entities.js';

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const EQUALS = 0x3d;
const special = /[&<]/;

/** Reads attributes up to the end of the start tag (`>` or `/>`, not consumed): names and values in turn. */
export function readAttributes(cursor: Cursor): string[] {
  const found: string[] = [];
  while (cursor.skipBlanks() && !atTagEnd(cursor)) {
    if (found.length >= 2 * cursor.limits.attributes) {
      cursor.fail(`Excessive number of attributes: ${cursor.limits.attributes}`);
    }
    readAttribute(cursor, found);
    if (!atTagEnd(cursor) && !atBlank(cursor)) cursor.fail('attributes construct error');
  }
  refuseRepeated(cursor, found);
  return found;
}

const atTagEnd = (cursor: Cursor): boolean => cursor.atEnd || cursor.code() === 0x3e || cursor.startsWith('/>');

const atBlank = (cursor: Cursor): boolean => ' \t\n\r'.includes(cursor.text.charAt(cursor.pos));

function readAttribute(cursor: Cursor, found: string[]): void {
  const name = cursor.name();
  if (name === '') cursor.fail('error parsing attribute name');
  cursor.skipBlanks();
  if (cursor.code() !== EQUALS) cursor.fail(`Specification mandates value for attribute ${localName(name)}`);
  cursor.pos += 1;
  cursor.skipBlanks();
  found.push(name, attributeValue(cursor));
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributeValue(cursor: Cursor): string {
  const quote = cursor.code();
  if (quote !== QUOTE && quote !== APOSTROPHE) cursor.fail('AttValue: " or \' expected');
  const from = cursor.pos + 1;
  const found = cursor.text.indexOf(quote === QUOTE ? '"' : "'", from);
  const to = found === -1 ? cursor.text.length : found;
  const raw = cursor.text.slice(from, to);
  const bad = forbiddenIndex(raw);
  const value = special.test(raw) ? expand(cursor, from, bad === -1 ? to : from + bad) : blanked(raw);
  if (bad !== -1) cursor.fail('invalid character in attribute value', from + bad);
  if (found === -1) cursor.fail("AttValue: ' expected", to);
  cursor.pos = to + 1;
  return value;
}

/** Blanks become spaces, as XML asks; not those written as references. */
const blanked = (raw: string): string => (/[\t\n\r]/.test(raw) ? raw.replace(/[\t\n\r]/g, ' ') : raw);

function expand(cursor: Cursor, from: number, to: number): string {
  let value = '';
  cursor.pos = from;
  while (cursor.pos < to) {
    const rest = cursor.text.slice(cursor.pos, to);
    const next = rest.search(special);
    value += blanked(next === -1 ? rest : rest.slice(0, next));
    if (next === -1) break;
    cursor.pos += next;
    if (cursor.code() === 0x3c) cursor.fail("Unescaped '<' not allowed in attributes values");
    value += reference(cursor);
  }
  return value;
}

function refuseRepeated(cursor: Cursor, found: readonly string[]): void {
  if (found.length < 4) return;
  const seen = new Set<string>();
  for (let i = 0; i < found.length; i += 2) {
    const name = found[i] as string;
    if (seen.has(name)) cursor.fail(`Attribute ${name} redefined`);
    seen.add(name);
  }
}
