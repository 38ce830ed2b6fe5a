import { chmodSync, chownSync } from 'node:fs';
import type { StoragePermissions } from '@virtkit/schema';
import { systemError } from '@virtkit/storage';

export const defaultVolumeMode = 0o600;
const unchanged = -1;

/** Gives a new volume its owner and mode. `finalPath` is for the error. */
export function applyPermissions(path: string, permissions: StoragePermissions | undefined, finalPath: string): void {
  const { owner = unchanged, group = unchanged, mode = defaultVolumeMode } = permissions ?? {};
  if (owner !== unchanged || group !== unchanged) {
    try {
      chownSync(path, owner === unchanged ? uid() : owner, group === unchanged ? gid() : group);
    } catch (cause) {
      throw systemError(`cannot chown '${finalPath}' to (${owner}, ${group})`, cause);
    }
  }
  try {
    chmodSync(path, mode);
  } catch (cause) {
    throw systemError(`cannot set mode of '${finalPath}' to 0${mode.toString(8)}`, cause);
  }
}
const uid = (): number => process.getuid?.() ?? 0;
const gid = (): number => process.getgid?.() ?? 0;
