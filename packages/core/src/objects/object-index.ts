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

/**
 * Names and uuids of files that were read and found good, so that ten thousand of them need not be read again at the
 * next start. Only a cache: lines are appended without fsync, and whatever does not fit is ignored.
 */
export class ObjectIndex {
  readonly #files = new Map<string, IndexedFile>();
  #lines = 0;
  #changed = false;

  constructor(private readonly path: string) {}

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

  /** Remembers one file; on disk at once, so that a killed daemon loses nothing. */
  add(file: string, known: IndexedFile): void {
    this.#files.set(file, known);
    this.#lines += 1;
    this.#try(() => appendFileSync(this.path, formatLine(file, known)));
  }

  /** Like `add` for many: written by the next `compact`. */
  put(file: string, known: IndexedFile): void {
    this.#files.set(file, known);
    this.#changed = true;
  }

  forget(file: string): void {
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
