/** Character classes of XML 1.0; the ASCII part is a table, the rest a regular expression on one character. */
const NAME_START = 1;
const NAME = 2;
const BLANK = 4;
const ASCII = 128;

const classes = new Uint8Array(ASCII);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') classes[c.charCodeAt(0)] = NAME_START | NAME;
for (const c of '0123456789-.') classes[c.charCodeAt(0)] = NAME;
for (const c of ' \t\n\r') classes[c.charCodeAt(0)] = BLANK;

const otherNameStart =
  /[\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uDFFF\uF900-\uFDCF\uFDF0-\uFFFD]/;
const otherName = /[\u00B7\u0300-\u036F\u203F\u2040]/;

export const isBlank = (code: number): boolean => code < ASCII && (classes[code] as number) === BLANK;

/** Behind the end of the text the code is NaN: no name character. */
export function isNameStart(code: number): boolean {
  if (Number.isNaN(code)) return false;
  if (code < ASCII) return ((classes[code] as number) & NAME_START) !== 0;
  return otherNameStart.test(String.fromCharCode(code));
}

export function isNameChar(code: number): boolean {
  if (Number.isNaN(code)) return false;
  if (code < ASCII) return ((classes[code] as number) & NAME) !== 0;
  const char = String.fromCharCode(code);
  return otherNameStart.test(char) || otherName.test(char);
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
