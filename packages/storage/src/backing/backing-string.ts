import type { StorageSource } from '@virtkit/schema';
import { parseBackingJson } from './backing-json.js';
import { isUri, parseBackingUri } from './backing-uri.js';
import { parseBackingWords } from './backing-words.js';

const json = 'json:';
const file = 'file:';

/** What an image says lies below it, as a source. Throws for text that cannot be understood. */
export function parseBackingString(text: string): StorageSource {
  if (text.startsWith(json)) return parseBackingJson(text.slice(json.length));
  if (isUri(text)) return parseBackingUri(text);
  const path = text.startsWith(file) ? text.slice(file.length) : text;
  const colon = path.indexOf(':');
  const slash = path.indexOf('/');
  if (colon >= 0 && (slash < 0 || colon < slash)) return parseBackingWords(path);
  return { type: 'file', file: path, seclabels: [] };
}
