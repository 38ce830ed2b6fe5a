import type { Position } from '../xml-error.js';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const TAB = 9;

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

/** The offending line and a second one with a caret below the place, as libvirt prints them. */
export function excerpt(text: string, offset: number): string {
  let at = Math.min(offset, text.length);
  if (at === text.length && at > 0) at -= 1;
  while (at > 0 && isLineEnd(text.charCodeAt(at))) at -= 1;
  let start = at;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start -= 1;
  let end = start;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end += 1;
  const caret = Math.min(offset, end);
  let pointer = '';
  for (let i = start; i < caret; i += 1) pointer += text.charCodeAt(i) === TAB ? '\t' : '-';
  return `${text.slice(start, end)}\n${pointer}^`;
}
