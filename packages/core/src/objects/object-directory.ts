import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorsFrom } from '@virtkit/schema';
import type { DurableFiles } from '../contract/services.js';
import type { FileStamp } from './object-index.js';

/** Names `DurableFiles.write` gives a file it has not finished. */
const temporary = /^\..+\.\d+-\d+\.tmp$/;

/** One directory of documents, `NAME.xml` each, with its folder of autostart links. */
export class ObjectDirectory {
  readonly autostart: string;

  constructor(
    readonly path: string,
    private readonly files: DurableFiles,
  ) {
    this.autostart = join(path, 'autostart');
  }

  pathOf(name: string): string {
    return join(this.path, `${name}.xml`);
  }

  /** Names of all documents; a directory that is not there has none. */
  names(): readonly string[] {
    return list(this.path)
      .filter((file) => file.endsWith('.xml'))
      .map((file) => file.slice(0, -'.xml'.length));
  }

  /** Removes what writes interrupted by a crash left behind. */
  sweep(): void {
    for (const file of list(this.path)) if (temporary.test(file)) rmSync(join(this.path, file), { force: true });
  }

  stamp(name: string): FileStamp {
    const { size, mtimeMs, ctimeMs, ino } = statSync(this.pathOf(name));
    return { size, mtimeMs, ctimeMs, ino };
  }

  read(name: string): string {
    return readFileSync(this.pathOf(name), 'utf8');
  }

  /** On disk when it resolves, whole or not at all. Readable by the owner alone: documents may hold passwords. */
  async write(name: string, text: string): Promise<void> {
    await this.#withDirectory(this.path, () => this.files.write(this.pathOf(name), text, { mode: 0o600 }));
  }

  async remove(name: string): Promise<void> {
    await this.files.remove(this.pathOf(name));
  }

  /** Names with an autostart link. Links to documents that are gone are left out. */
  autostarted(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const file of list(this.autostart)) if (file.endsWith('.xml')) names.add(file.slice(0, -'.xml'.length));
    return names;
  }

  async link(name: string): Promise<void> {
    const path = join(this.autostart, `${name}.xml`);
    await this.#withDirectory(this.autostart, async () => {
      try {
        await symlink(this.pathOf(name), path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannot('create symlink', path, error);
      }
      await syncDirectory(this.autostart);
    });
  }

  async unlink(name: string): Promise<void> {
    const path = join(this.autostart, `${name}.xml`);
    try {
      await unlink(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw cannot('delete symlink', path, error);
    }
    await syncDirectory(this.autostart);
  }

  async #withDirectory(path: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!isMissing(error) || isDirectory(path)) throw error;
      await mkdir(path, { recursive: true, mode: 0o700 });
      await act();
    }
  }
}

function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cannot('open directory', path, error);
  }
}

function isMissing(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ((at as NodeJS.ErrnoException).code === 'ENOENT') return true;
  return false;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function cannot(what: string, path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return errorsFrom('NONE').plain('SYSTEM_ERROR', `cannot ${what} '${path}': ${reason}`, { cause });
}
