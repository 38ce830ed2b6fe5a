import { PART, type Pieces } from '../pieces.js';
import { isBlank } from '../reader/characters.js';

/**
 * Which elements hold text of their own and so are written on one line: one entry for each start tag, from the one at
 * `start` to its end.
 */
export function* oneLineElements(text: string, start: number): Pieces<readonly boolean[]> {
  const found: boolean[] = [];
  const open: number[] = [];
  let pos = start;
  let leaf = -1;
  for (let next = start + PART; ; ) {
    const tag = text.indexOf('<', pos);
    const isText = isWord(text, pos, tag) || (pos === leaf && pos < tag && text.charCodeAt(tag + 1) === SLASH);
    if (isText || text.startsWith('<![CDATA[', tag)) found[open[open.length - 1] as number] = true;
    pos = endOfMarkup(text, tag);
    const kind = text.charCodeAt(tag + 1);
    if (kind === SLASH) open.pop();
    else if (kind !== BANG && kind !== QUESTION) {
      const isEmpty = text.charCodeAt(pos - 2) === SLASH;
      if (!isEmpty) open.push(found.length);
      leaf = isEmpty ? -1 : pos;
      found.push(false);
    }
    if (open.length === 0) return found;
    if (pos < next) continue;
    yield;
    next = pos + PART;
  }
}

const [SLASH, BANG, QUESTION] = [0x2f, 0x21, 0x3f];

function isWord(text: string, from: number, to: number): boolean {
  let pos = from;
  while (pos < to && isBlank(text.charCodeAt(pos))) pos += 1;
  return pos < to;
}

/** The place behind the tag, comment, instruction or section that begins here. */
export function endOfMarkup(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return text.indexOf('-->', start + 4) + 3;
  if (text.startsWith('<![CDATA[', start)) return text.indexOf(']]>', start + 9) + 3;
  if (text.startsWith('<?', start)) return text.indexOf('?>', start + 2) + 2;
  for (let pos = start; ; pos += 1) {
    const code = text.charCodeAt(pos);
    if (code === 0x3e) return pos + 1;
    if (code === 0x22) pos = text.indexOf('"', pos + 1);
    else if (code === 0x27) pos = text.indexOf("'", pos + 1);
  }
}
