import type { ObjectDirectory } from './object-directory.js';
import type { DurableFiles } from '../contract/services.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const noteName = /^\.rename-[0-9a-f-]{36}$/;

/**
 * A rename is two files and a link: what is intended is written down first, so that a rename cut off by a crash is
 * finished at the next start when the new document is there, and forgotten when it is not.
 */
export class Renaming {
  constructor(
    private readonly directory: ObjectDirectory,
    private readonly files: DurableFiles,
  ) {}

  async run(uuid: string, from: string, to: string, text: string, autostart: boolean): Promise<void> {
    const note = this.#noteOf(uuid);
    await this.files.write(note, JSON.stringify({ from, to }), { mode: 0o600 });
    try {
      await this.directory.write(to, text);
      if (autostart) await this.directory.link(to);
    } catch (error) {
      await this.#undo(note, to);
      throw error;
    }
    await this.#finish(note, from);
  }

  /** The new document goes first: as long as the note is there with it, the next start would finish the rename. */
  async #undo(note: string, to: string): Promise<void> {
    await this.directory.unlink(to);
    await this.directory.remove(to);
    await this.files.remove(note);
  }

  /** Once, before the documents among `entries` are read. Answers whether there was anything to do. */
  async recover(entries: readonly string[]): Promise<boolean> {
    const notes = entries.filter((file) => noteName.test(file)).map((file) => join(this.directory.path, file));
    for (const note of notes) {
      const intent = readNote(note);
      const names = this.directory.names();
      if (intent !== undefined && names.includes(intent.to)) {
        if (this.directory.autostarted().has(intent.from)) await this.directory.link(intent.to);
        await this.#finish(note, intent.from);
      } else await this.files.remove(note);
    }
    return notes.length > 0;
  }

  async #finish(note: string, from: string): Promise<void> {
    await this.directory.unlink(from);
    await this.directory.remove(from);
    await this.files.remove(note);
  }

  #noteOf(uuid: string): string {
    return join(this.directory.path, `.rename-${uuid}`);
  }
}

function readNote(path: string): { readonly from: string; readonly to: string } | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { from, to } = note as { readonly from: unknown; readonly to: unknown };
    return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
  } catch {
    return undefined; // cut off while it was written: the rename had not begun
  }
}
