import type { Position } from '../xml-error.js';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

const isLineEnd = (code: number): boolean => code === LINE_FEED || code === CARRIAGE_RETURN;

/** Line and column of an offset, counted only when an error is reported. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** Longer lines are shown in part: what is sent to a client has limits. */
const LONGEST_LINE = 8_192;

/** The offending line and a second one with a caret below the place, as libvirt prints them. */
export function excerpt(text: string, offset: number): string {
  let at = Math.min(offset, text.length);
  if (at === text.length && at > 0) at -= 1;
  while (at > 0 && isLineEnd(text.charCodeAt(at))) at -= 1;
  const start = Math.max(lineStart(text, at), offset - LONGEST_LINE);
  const end = Math.min(lineEnd(text, start), start + 2 * LONGEST_LINE);
  if (end === start) return '';
  const before = text.slice(start, Math.min(offset, end));
  return `${text.slice(start, end)}\n${before.replace(/[^\t]/g, '-')}^`;
}

const lineStart = (text: string, at: number): number =>
  at === 0 ? 0 : text.lastIndexOf('\n', isLineEnd(text.charCodeAt(at)) ? at - 1 : at) + 1;

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
