import { errnoOf } from '@virtkit/schema';
import { close, closeSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DurableFiles, StagedFile, Survival } from '@virtkit/core';
import { systemError } from '../errors.js';
import { FolderSync, synced } from './folder-sync.js';

const temporaryName = /^\..+\.\d+-\d+\.tmp$/;
const defaultMode = 0o600;

/** Whether a file is a half-done write of ours; a loader may remove it. */
export const isTemporaryName = (name: string): boolean => temporaryName.test(name);

/** Files that are either old or new after a crash, never something between. */
export class HostFiles implements DurableFiles {
  readonly #folders = new FolderSync();
  #counter = 0;

  async write(
    path: string,
    content: string | Uint8Array,
    { mode = defaultMode, survives = 'power' }: { readonly mode?: number; readonly survives?: Survival } = {},
  ): Promise<void> {
    if (survives === 'power') return (await this.stage(path, content, { mode })).commit();
    const temporary = this.#temporaryOf(path);
    await orRemoved(path, temporary, async () => replace(path, temporary, content, mode));
  }

  async stage(
    path: string,
    content: string | Uint8Array,
    { mode = defaultMode }: { readonly mode?: number } = {},
  ): Promise<StagedFile> {
    const temporary = this.#temporaryOf(path);
    await orRemoved(path, temporary, () => writeSynced(temporary, content, mode));
    return {
      commit: () =>
        orRemoved(path, temporary, async () => {
          putInPlace(temporary, path);
          this.#folders.changed(dirname(path));
        }),
      discard: () => rm(temporary, { force: true }),
    };
  }

  async remove(path: string, survives: Survival = 'power'): Promise<void> {
    try {
      await rm(path);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return;
      throw systemError(`cannot remove file '${path}'`, error);
    }
    if (survives === 'power') this.#folders.changed(dirname(path));
  }

  async link(path: string, target: string): Promise<void> {
    try {
      await symlink(target, path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw systemError(`Failed to create symlink '${path}' to '${target}'`, error);
    }
    this.#folders.changed(dirname(path));
  }

  #temporaryOf(path: string): string {
    this.#counter += 1;
    return join(dirname(path), `.${basename(path)}.${process.pid}-${this.#counter}.tmp`);
  }

  /** Removes what writes interrupted by a crash left in a folder. A missing folder is fine. */
  async sweep(folder: string): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (isTemporaryName(name)) await rm(join(folder, name), { force: true });
  }
}

/** A step of a write to `path`; where it fails, nothing is left of it. */
async function orRemoved(path: string, temporary: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // The first failure is the one to report.
    throw systemError(`cannot write file '${path}'`, error);
  }
}

/** All at once: nothing here waits for a disk, and what does not wait costs ten times as much as a promise. */
function replace(path: string, temporary: string, content: string | Uint8Array, mode: number): void {
  writeFileSync(temporary, content, { mode, flag: 'wx' });
  renameSync(temporary, path);
}

/** Syncing waits for the disk, off this thread; the other calls touch nothing but memory of the kernel. */
async function writeSynced(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    await synced(file);
  } finally {
    closeSync(file);
  }
}

/**
 * A rename costs the kernel little, and a third of the whole write where it frees the file that was there: that is held
 * open meanwhile, and freed behind the answer.
 */
function putInPlace(from: string, to: string): void {
  const former = openedIfThere(to);
  try {
    renameSync(from, to);
  } finally {
    if (former !== undefined) close(former);
  }
}

function openedIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined; // new, or not ours to read: then it is freed at once
  }
}
