import { syntaxError } from '../xml-error.js';
import type { Origin } from './cursor.js';
import { excerpt, positionAt } from './position.js';

/** The document as text with line feeds only; bytes must be UTF-8. A byte order mark is left out. */
export function decodeText(input: string | Uint8Array, origin: Origin): string {
  const text = typeof input === 'string' ? input : decodeBytes(input, origin);
  const whole = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return whole.includes('\r') ? whole.split('\r\n').join('\n').split('\r').join('\n') : whole;
}

function decodeBytes(bytes: Uint8Array, origin: Origin): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const at = firstInvalid(bytes);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const offset = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, at)).length;
    const position = positionAt(text, offset);
    const shown = [...bytes.subarray(at, at + 4)]
      .map((byte) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(' ');
    const where = origin.file === undefined ? `at line ${position.line}` : `${origin.file}:${position.line}`;
    const message = `${where}: Input is not proper UTF-8, indicate encoding !\nBytes: ${shown}\n${excerpt(text, offset)}`;
    throw syntaxError(message, position, origin.origin);
  }
}

/** Length of the longest valid beginning, found by halving: the decoder itself doesn't say where it failed. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValidStart(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return lastBoundary(bytes, valid);
}

/** Valid so far, a character cut off at the end included. */
function isValidStart(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function lastBoundary(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && ((bytes[start] as number) & 0xc0) === 0x80 && at - start < 4) start -= 1;
  return start;
}
