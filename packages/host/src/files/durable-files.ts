import { errnoOf } from '@virtkit/schema';
import { closeSync, fsync, openSync, writeFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DurableFiles } from '@virtkit/core';
import { systemError } from '../errors.js';

const temporaryName = /^\..+\.\d+-\d+\.tmp$/;
const defaultMode = 0o600;

/** Whether a file is a half-done write of ours; a loader may remove it. */
export const isTemporaryName = (name: string): boolean => temporaryName.test(name);

/** Files that are either old or new after a crash, never something between. */
export class HostFiles implements DurableFiles {
  #counter = 0;

  async write(path: string, content: string | Uint8Array, options: { readonly mode?: number } = {}): Promise<void> {
    this.#counter += 1;
    const folder = dirname(path);
    const temporary = join(folder, `.${basename(path)}.${process.pid}-${this.#counter}.tmp`);
    try {
      await writeSynced(temporary, content, options.mode ?? defaultMode);
      await rename(temporary, path);
      await syncFolder(folder);
    } catch (error) {
      await rm(temporary, { force: true });
      throw systemError(`cannot write file '${path}'`, error);
    }
  }

  async remove(path: string): Promise<void> {
    try {
      await rm(path);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return;
      throw systemError(`cannot remove file '${path}'`, error);
    }
    await syncFolder(dirname(path));
  }

  /** Removes what writes interrupted by a crash left in a folder. A missing folder is fine. */
  async sweep(folder: string): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (isTemporaryName(name)) await rm(join(folder, name), { force: true });
  }
}

/**
 * Syncing and renaming wait for the disk, off this thread; the other calls touch nothing but memory of the kernel, and
 * as promises would cost ten times as much.
 */
async function writeSynced(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    await synced(file);
  } finally {
    closeSync(file);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = openSync(folder, 'r');
  try {
    await synced(handle);
  } finally {
    closeSync(handle);
  }
}

function synced(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => (error === null ? resolve() : reject(error)));
  });
}
