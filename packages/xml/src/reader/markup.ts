import { isBlank } from './characters.js';
import type { Cursor } from './cursor.js';

const SHOWN = 50;

/** Steps over the comment at the cursor. */
export function skipComment(cursor: Cursor): void {
  const from = cursor.pos + 4;
  const hyphens = cursor.text.indexOf('--', from);
  if (hyphens === -1) cursor.fail('Comment not terminated', cursor.text.length);
  if (cursor.text.charAt(hyphens + 2) !== '>') {
    cursor.fail(
      `Double hyphen within comment: <!--${cursor.text.slice(from, Math.min(hyphens, from + SHOWN))}`,
      hyphens,
    );
  }
  cursor.pos = hyphens + 3;
}

/** Steps over the processing instruction at the cursor. */
export function skipInstruction(cursor: Cursor): void {
  cursor.pos += 2;
  const target = cursor.name();
  if (target === '') cursor.fail('xmlParsePI : no target name');
  if (target.toLowerCase() === 'xml') cursor.fail('XML declaration allowed only at the start of the document');
  if (!cursor.startsWith('?>') && !isBlank(cursor.code())) cursor.fail(`ParsePI: PI ${target} space expected`);
  const end = cursor.text.indexOf('?>', cursor.pos);
  if (end === -1) cursor.fail(`ParsePI: PI ${target} never end ...`, cursor.text.length);
  cursor.pos = end + 2;
}

/** Comments, processing instructions and blanks before and after the root. A document type is refused, whatever it says. */
export function skipMisc(cursor: Cursor): void {
  for (;;) {
    cursor.skipBlanks();
    if (cursor.startsWith('<!--')) skipComment(cursor);
    else if (cursor.startsWith('<?')) skipInstruction(cursor);
    else if (cursor.startsWith('<!DOCTYPE')) cursor.fail('document type declarations are not supported');
    else return;
  }
}

/** Encodings whose documents reach us as text already; any other is refused by name. */
const encodings = /^(utf-?8|us-ascii|ascii|iso-?8859-\d+|latin-?\d+|windows-\d+)$/i;
const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.[0-9]+\1(?:\s+encoding\s*=\s*(["'])([A-Za-z][\w.-]*)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*\?>/;

/** A version other than 1.x is named. */
function refuseDeclaration(cursor: Cursor, end: number): never {
  const version = /^<\?xml\s+version\s*=\s*(["'])([^"']*)\1/.exec(cursor.text.slice(0, Math.min(end, 200)));
  if (version !== null && !version[2]?.startsWith('1.'))
    cursor.fail(`Unsupported version '${version[2]}'`, version[0].length - 1);
  return cursor.fail('Malformed declaration expecting version', Math.min(6, cursor.text.length));
}

/** Reads `<?xml …?>` where the document starts with it. */
export function skipDeclaration(cursor: Cursor): void {
  if (!/^<\?xml[ \t\n]/.test(cursor.text.slice(0, 6))) return;
  const end = cursor.text.indexOf('?>');
  const match = declaration.exec(cursor.text.slice(0, Math.min(end + 2, 200)));
  if (match === null) refuseDeclaration(cursor, end === -1 ? cursor.text.length : end);
  const encoding = match[3];
  if (encoding !== undefined && !encodings.test(encoding))
    cursor.fail(`Unsupported encoding ${encoding}`, match[0].length - 2);
  cursor.pos = match[0].length;
}
