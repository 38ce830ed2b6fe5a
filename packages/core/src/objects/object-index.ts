import { hash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type FileStamp, formatIndex, formatLine, type IndexedFile, parseIndex } from './index-lines.js';

/** Milliseconds after which files that were written are noted: the change itself does not wait for it. */
const delayMs = 100;

/** A file that was just written, and when it was: what others write into it later is theirs. */
interface Written {
  readonly uuid: string;
  readonly at: number;
  readonly digest: string;
}

/**
 * Names and uuids of files that were read and found good, so that ten thousand of them need not be read again at the
 * next start. Only a cache: lines are appended soon after the files they tell of, without fsync, and whatever does not
 * fit is ignored.
 */
export class ObjectIndex {
  readonly #files = new Map<string, IndexedFile>();
  readonly #written = new Map<string, Written>();
  /** Of texts written by this process: `digestOf` each. */
  readonly #digests = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #lines = 0;
  #changed = false;
  #closed = false;

  /** `stampOf` looks at a file, by its name. */
  constructor(
    private readonly path: string,
    private readonly stampOf: (file: string) => FileStamp,
  ) {}

  load(): void {
    const known = parseIndex(this.#read());
    for (const file of known) this.#files.set(file.name, file);
    this.#lines = known.length;
  }

  /** The entry of a file that has not changed since. */
  get(file: string, stamp: FileStamp): IndexedFile | undefined {
    const known = this.#files.get(file);
    return known !== undefined && same(known.stamp, stamp) ? known : undefined;
  }

  /** Whether a file still is, untouched by others, what was written of this text: it need not be written again. */
  holds(file: string, digest: string): boolean {
    if (this.#digests.get(file) !== digest || this.#written.has(file)) return false;
    try {
      return this.get(file, this.stampOf(file)) !== undefined;
    } catch {
      return false; // gone: written again
    }
  }

  /** Remembers a file that was just written: on disk a moment later, with others that came meanwhile. */
  add(file: string, uuid: string, digest: string): void {
    this.#digests.delete(file);
    if (this.#closed) return;
    this.#written.set(file, { uuid, at: Date.now(), digest });
    this.#timer ??= setTimeout(() => this.flush(), delayMs).unref();
  }

  /** Notes what was written up to now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines: string[] = [];
    for (const [file, written] of this.#written) {
      const known = this.#look(file, written);
      if (known === undefined) continue;
      this.#files.set(file, known);
      this.#digests.set(file, written.digest);
      lines.push(formatLine(known));
    }
    this.#written.clear();
    this.#lines += lines.length;
    if (lines.length > 0) this.#try(() => appendFileSync(this.path, lines.join('')));
  }

  /** Notes what is left, and nothing any more. */
  close(): void {
    this.flush();
    this.#closed = true;
  }

  /** Like `add` for many: written by the next `compact`. */
  put(file: string, known: IndexedFile): void {
    this.#files.set(file, known);
    this.#changed = true;
  }

  forget(file: string): void {
    this.#written.delete(file);
    this.#digests.delete(file);
    this.#files.delete(file);
  }

  /** Writes the file anew without what `keep` does not hold, when that is worth it. */
  compact(keep: ReadonlySet<string>): void {
    for (const file of this.#files.keys()) if (!keep.has(file)) this.#files.delete(file);
    if (!this.#changed && this.#lines <= this.#files.size * 2 + 100 && this.#lines > 0) return;
    this.#try(() => writeFileSync(this.path, formatIndex([...this.#files.values()])));
    this.#lines = this.#files.size;
    this.#changed = false;
  }

  /** The file as it was written; nothing where it is gone, or another's by now. */
  #look(file: string, { uuid, at }: Written): IndexedFile | undefined {
    try {
      const stamp = this.stampOf(file);
      return Math.floor(stamp.mtimeMs) <= at ? { stamp, uuid, name: file } : undefined;
    } catch {
      return undefined;
    }
  }

  #read(): string {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return '';
    }
  }

  /** Without the index everything still works, only slower. */
  #try(write: () => void): void {
    try {
      write();
    } catch {
      try {
        mkdirSync(dirname(this.path), { recursive: true });
        write();
      } catch {
        this.#changed = true;
      }
    }
  }
}

/** Tells texts apart. */
export const digestOf = (text: string): string => hash('sha256', text, 'base64');

function same(one: FileStamp, other: FileStamp): boolean {
  return (
    one.size === other.size && one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.ino === other.ino
  );
}
