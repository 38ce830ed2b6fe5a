import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What is known of a file without opening it. Any difference means that the file is read again. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}
export interface IndexedFile {
  readonly stamp: FileStamp;
  readonly uuid: string;
  readonly name: string;
}

const format = 'virtkit-index 1';

/** Milliseconds after which files that were written are noted: the change itself does not wait for it. */
const delayMs = 100;

/** A file that was just written, and when it was: what others write into it later is theirs. */
interface Written {
  readonly uuid: string;
  readonly at: number;
}

/**
 * Names and uuids of files that were read and found good, so that ten thousand of them need not be read again at the
 * next start. Only a cache: lines are appended soon after the files they tell of, without fsync, and whatever does not
 * fit is ignored.
 */
export class ObjectIndex {
  readonly #files = new Map<string, IndexedFile>();
  readonly #written = new Map<string, Written>();
  #timer: NodeJS.Timeout | undefined;
  #lines = 0;
  #changed = false;

  /** `stampOf` looks at a file, by its name. */
  constructor(
    private readonly path: string,
    private readonly stampOf: (file: string) => FileStamp,
  ) {}

  load(): void {
    const lines = this.#read().split('\n');
    if (lines[0] !== format) return;
    for (const line of lines.slice(1)) {
      const entry = parseLine(line);
      if (entry !== undefined) this.#files.set(entry.file, entry.known);
    }
    this.#lines = lines.length;
  }

  /** The entry of a file that has not changed since. */
  get(file: string, stamp: FileStamp): IndexedFile | undefined {
    const known = this.#files.get(file);
    return known !== undefined && same(known.stamp, stamp) ? known : undefined;
  }

  /** Remembers a file that was just written: on disk a moment later, with others that came meanwhile. */
  add(file: string, uuid: string): void {
    this.#written.set(file, { uuid, at: Date.now() });
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
      lines.push(formatLine(file, known));
    }
    this.#written.clear();
    this.#lines += lines.length;
    if (lines.length > 0) this.#try(() => appendFileSync(this.path, lines.join('')));
  }

  /** Like `add` for many: written by the next `compact`. */
  put(file: string, known: IndexedFile): void {
    this.#files.set(file, known);
    this.#changed = true;
  }

  forget(file: string): void {
    this.#written.delete(file);
    this.#files.delete(file);
  }

  /** Writes the file anew without what `keep` does not hold, when that is worth it. */
  compact(keep: ReadonlySet<string>): void {
    for (const file of this.#files.keys()) if (!keep.has(file)) this.#files.delete(file);
    if (!this.#changed && this.#lines <= this.#files.size * 2 + 100 && this.#lines > 0) return;
    const lines = [...this.#files].map(([file, known]) => formatLine(file, known));
    this.#try(() => writeFileSync(this.path, `${format}\n${lines.join('')}`));
    this.#lines = lines.length + 1;
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

function formatLine(file: string, { stamp, uuid, name }: IndexedFile): string {
  return `${stamp.size}\t${stamp.mtimeMs}\t${stamp.ctimeMs}\t${stamp.ino}\t${uuid}\t${name}\t${file}\n`;
}

function parseLine(line: string): { readonly file: string; readonly known: IndexedFile } | undefined {
  const [size, mtimeMs, ctimeMs, ino, uuid, name, file, ...rest] = line.split('\t');
  if (file === undefined || uuid === undefined || name === undefined || rest.length > 0) return undefined;
  const stamp = { size: Number(size), mtimeMs: Number(mtimeMs), ctimeMs: Number(ctimeMs), ino: Number(ino) };
  return { file, known: { stamp, uuid, name } };
}

function same(one: FileStamp, other: FileStamp): boolean {
  return (
    one.size === other.size && one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.ino === other.ino
  );
}
