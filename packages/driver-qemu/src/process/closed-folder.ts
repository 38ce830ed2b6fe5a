import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { QemuUser } from './qemu-user.js';

/** Folders above a file, the root first. */
function foldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [path] : [...foldersAbove(above), ...(above === dirname(above) ? [] : [above])];
}

/**
 * The first folder on the way to a file that keeps a user out whatever else is set: an access list gives nobody more
 * than the bits of the group say. Folders that only might be closed are left to whoever opens the file.
 */
export async function closedFolder(path: string, { uid, gid }: QemuUser): Promise<string | undefined> {
  if (uid === 0) return undefined;
  const closed = await Promise.all(
    foldersAbove(path).map(async (folder) => {
      const found = await stat(folder).catch(() => undefined); // left to whoever opens the file
      if (found === undefined) return undefined;
      const bits = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o011;
      return (found.mode & bits) === 0 ? folder : undefined;
    }),
  );
  return closed.find((folder) => folder !== undefined);
}
