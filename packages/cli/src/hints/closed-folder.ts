import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

interface Entry {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}
type Look = (folder: string) => Entry | undefined;

const looked: Look = (folder): Stats | undefined => {
  try {
    return statSync(folder);
  } catch {
    return undefined; // not there, or behind a closed folder that is looked at first
  }
};

/** Folders above a file, the root first. */
function foldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [] : [...foldersAbove(above), above];
}

/** Path of the file a text says may not be opened. */
export const deniedPath = (text: string): string | undefined =>
  /Permission denied/.test(text) ? /(?:file|open) '(\/[^']+)'/.exec(text)?.[1] : undefined;

/** Which folder on the way to a file keeps a user out, and what to do about it. */
export function closedFolder(
  path: string,
  { uid, gid }: { readonly uid: number; readonly gid: number | undefined },
  look: Look = looked,
): string | undefined {
  for (const folder of foldersAbove(path)) {
    const found = look(folder);
    if (found === undefined) return undefined;
    const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
    if ((found.mode & bit) !== 0) continue;
    const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
    return `'${folder}' (mode ${mode}, owner uid ${found.uid}) is closed to uid ${uid}: run chmod o+x '${folder}', or move the file to a folder that is open`;
  }
  return undefined;
}
