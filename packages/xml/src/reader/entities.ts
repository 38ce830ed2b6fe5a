import { isXmlCodePoint } from './characters.js';
import type { Cursor } from './cursor.js';

/**
 * Reads text up to `end`, references replaced by what they stand for. It may stop earlier, behind `enough` characters or
 * more: a long text of references takes its time.
 */
export function expanded(cursor: Cursor, end: number, enough = end - cursor.pos): string {
  const stop = Math.min(end, cursor.pos + enough);
  let value = '';
  while (cursor.pos < stop) {
    const rest = cursor.text.slice(cursor.pos, end);
    const next = rest.indexOf('&');
    if (next === -1) {
      cursor.pos = end;
      return value + rest;
    }
    value += rest.slice(0, next);
    cursor.pos += next;
    value += reference(cursor);
  }
  return value;
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads the reference at the cursor (an `&`) and gives what it stands for. There are no entities but XML's own. */
export function reference(cursor: Cursor): string {
  if (cursor.startsWith('&#')) return characterReference(cursor);
  cursor.pos += 1;
  const name = cursor.name();
  if (name === '') cursor.fail('xmlParseEntityRef: no name');
  if (cursor.code() !== 0x3b) cursor.fail("EntityRef: expecting ';'");
  cursor.pos += 1;
  const value = Object.hasOwn(predefined, name) ? predefined[name] : undefined;
  return value ?? cursor.fail(`Entity '${name}' not defined`);
}

function characterReference(cursor: Cursor): string {
  const hexadecimal = cursor.text.charAt(cursor.pos + 2) === 'x';
  cursor.pos += hexadecimal ? 3 : 2;
  const value = digits(cursor, hexadecimal ? 16 : 10);
  if (cursor.code() !== 0x3b) cursor.fail(`CharRef: invalid ${hexadecimal ? 'hexadecimal' : 'decimal'} value`);
  cursor.pos += 1;
  if (value >= BEYOND) cursor.fail('xmlParseCharRef: character reference out of bounds');
  if (!isXmlCodePoint(value)) cursor.fail(`xmlParseCharRef: invalid xmlChar value ${value}`);
  return String.fromCodePoint(value);
}

/** One more than the last code point. */
const BEYOND = 0x110000;

/** The number at the cursor, never above one more than the last code point however many digits there are. */
function digits(cursor: Cursor, radix: number): number {
  let value = 0;
  for (;;) {
    const digit = Number.parseInt(cursor.text.charAt(cursor.pos), radix);
    if (Number.isNaN(digit)) return value;
    value = Math.min(value * radix + digit, BEYOND);
    cursor.pos += 1;
  }
}
