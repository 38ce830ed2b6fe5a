import { rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { errnoOf, type StorageVolume } from '@virtkit/schema';
import { systemError } from '@virtkit/storage';

/** Removes a volume at once. One that is gone already is fine; a directory must be empty. */
export function deleteVolume(volume: StorageVolume): void {
  const path = volume.target.path ?? '';
  try {
    removeKinds[volume.type]?.(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return;
    const what = volume.type === 'dir' ? 'cannot remove directory' : 'cannot unlink file';
    throw systemError(`${what} '${path}'`, cause);
  }
}

const removeKinds: Partial<Record<StorageVolume['type'], (path: string) => void>> = {
  file: unlinkSync,
  dir: (path) => rmdirSync(path),
  ploop: (path) => rmSync(path, { recursive: true }),
};
