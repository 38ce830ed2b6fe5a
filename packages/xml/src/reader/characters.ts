/** Character classes of XML 1.0; the ASCII part is a table, the rest ranges. */
const NAME_START = 1;
const NAME = 2;
const BLANK = 4;
const ASCII = 128;

const classes = new Uint8Array(ASCII);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') classes[c.charCodeAt(0)] = NAME_START | NAME;
for (const c of '0123456789-.') classes[c.charCodeAt(0)] = NAME;
for (const c of ' \t\n\r') classes[c.charCodeAt(0)] = BLANK;

/** First and last of each range; halves of surrogate pairs are let through, pairs are checked elsewhere. */
const otherNameStarts = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xdfff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
] as const;
const otherNames = [
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
] as const;
type Ranges = readonly (readonly [number, number])[];
const isIn = (ranges: Ranges, code: number): boolean => ranges.some(([first, last]) => code >= first && code <= last);

export const isBlank = (code: number): boolean => code < ASCII && (classes[code] as number) === BLANK;

/** Behind the end of the text the code is NaN: no name character. */
export function isNameStart(code: number): boolean {
  if (Number.isNaN(code)) return false;
  if (code < ASCII) return ((classes[code] as number) & NAME_START) !== 0;
  return isIn(otherNameStarts, code);
}

export function isNameChar(code: number): boolean {
  if (Number.isNaN(code)) return false;
  if (code < ASCII) return ((classes[code] as number) & NAME) !== 0;
  return isIn(otherNameStarts, code) || isIn(otherNames, code);
}

/** Code points XML 1.0 allows; a lone half of a surrogate pair is not one. */
export function isXmlCodePoint(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** One character outside of XML 1.0, halves of surrogate pairs included only where they stand alone. */
const forbidden =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Index of the first character of `text` that XML 1.0 doesn't allow; -1 if there is none. */
export const forbiddenIndex = (text: string): number => text.search(forbidden);
