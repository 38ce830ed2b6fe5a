import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, systemErrorsFrom } from '@virtkit/schema';
import type { DurableFiles, StagedFile, Survival } from '../contract/services.js';
import type { FileStamp } from './index-lines.js';

const systemError = systemErrorsFrom('NONE');

/** Readable by the owner alone: documents may hold passwords. */
const mode = 0o600;
/** Names `DurableFiles` gives a file it has not finished. */
const temporary = /^\..+\.\d+-\d+\.tmp$/;
const temporaryDocument = /^\.(.+)\.xml\.\d+-\d+\.tmp$/;

/** What a crash left of a document that was to be put in place together with something else. */
export interface StagedDocument {
  readonly name: string;
  readonly text: string;
  readonly commit: () => void;
}

/** One directory of documents, `NAME.xml` each, with its folder of autostart links. */
export class ObjectDirectory {
  readonly autostart: string;

  constructor(
    readonly path: string,
    private readonly files: DurableFiles,
    private readonly survives: Survival,
  ) {
    this.autostart = join(path, 'autostart');
  }

  pathOf(name: string): string {
    return `${this.path}/${name}.xml`;
  }

  /** What lies in the directory; nothing where it is not there. */
  entries(): readonly string[] {
    return list(this.path);
  }

  /** Names of all documents. */
  names(entries = this.entries()): readonly string[] {
    return entries.filter((file) => file.endsWith('.xml')).map((file) => file.slice(0, -'.xml'.length));
  }

  /** Removes what writes interrupted by a crash left behind. */
  sweep(entries = this.entries()): void {
    for (const file of entries) if (temporary.test(file)) rmSync(join(this.path, file), { force: true });
  }

  has(name: string): boolean {
    return existsSync(this.pathOf(name));
  }

  stamp(name: string): FileStamp {
    const { size, mtimeMs, ctimeMs, ino } = statSync(this.pathOf(name));
    return { size, mtimeMs, ctimeMs, ino };
  }

  read(name: string): string {
    return readFileSync(this.pathOf(name), 'utf8');
  }

  /** There when it resolves, whole or not at all. */
  async write(name: string, text: string): Promise<void> {
    const { survives } = this;
    await this.#withDirectory(this.path, () => this.files.write(this.pathOf(name), text, { mode, survives }));
  }

  /** Written aside, to be put in place later. */
  stage(name: string, text: string): Promise<StagedFile> {
    return this.#withDirectory(this.path, () => this.files.stage(this.pathOf(name), text, { mode }));
  }

  /** Documents among `entries` that were written aside, whole or not, and never put in place. */
  staged(entries: readonly string[]): readonly StagedDocument[] {
    return entries.flatMap((file) => {
      const name = temporaryDocument.exec(file)?.[1];
      if (name === undefined) return [];
      const path = join(this.path, file);
      return [{ name, text: readFileSync(path, 'utf8'), commit: () => renameSync(path, this.pathOf(name)) }];
    });
  }

  async remove(name: string): Promise<void> {
    await this.files.remove(this.pathOf(name), this.survives);
  }

  /** Names with an autostart link. Links to documents that are gone are left out. */
  autostarted(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const file of list(this.autostart)) if (file.endsWith('.xml')) names.add(file.slice(0, -'.xml'.length));
    return names;
  }

  async link(name: string): Promise<void> {
    await this.#withDirectory(this.autostart, () => this.files.link(this.#linkOf(name), this.pathOf(name)));
  }

  async unlink(name: string): Promise<void> {
    await this.files.remove(this.#linkOf(name));
  }

  #linkOf(name: string): string {
    return join(this.autostart, `${name}.xml`);
  }

  async #withDirectory<T>(path: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!isMissing(error) || isDirectory(path)) throw error;
      await mkdir(path, { recursive: true, mode: 0o700 });
      return await act();
    }
  }
}

function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw systemError(`cannot open directory '${path}'`, error);
  }
}

function isMissing(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (errnoOf(at) === 'ENOENT') return true;
  return false;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // not there
  }
}
