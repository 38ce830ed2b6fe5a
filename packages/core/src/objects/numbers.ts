import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Numbers of active objects: rising, and going on after a restart as long as the host is up. */
export class Numbers {
  #last = 0;

  constructor(private readonly path: string) {}

  load(): void {
    try {
      const last = Number(readFileSync(this.path, 'utf8'));
      if (Number.isSafeInteger(last) && last > this.#last) this.#last = last;
    } catch {
      // The first start since the host booted.
    }
  }

  /** A number already taken by a running object. */
  taken(number: number): void {
    if (number > this.#last) this.#last = number;
  }

  next(): number {
    this.#last += 1;
    this.#save();
    return this.#last;
  }

  /** Without fsync: the file only has to survive the process, and status documents name the numbers in use. */
  #save(): void {
    try {
      this.#overwrite();
    } catch {
      this.#create(); // the first number since the host booted
    }
  }

  /** In place, which needs no room on the disk: emptied first, a full disk or a crash would lose the number. */
  #overwrite(): void {
    const file = openSync(this.path, 'r+');
    try {
      ftruncateSync(file, writeSync(file, String(this.#last), 0));
    } finally {
      closeSync(file);
    }
  }

  /** A full disk is no reason to refuse a start: then counting begins after the highest number in use. */
  #create(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      writeFileSync(this.path, String(this.#last), { mode: 0o600, flag: 'wx' });
    } catch {
      this.#removeEmpty();
    }
  }

  #removeEmpty(): void {
    try {
      if (statSync(this.path).size === 0) rmSync(this.path);
    } catch {
      // There is none.
    }
  }
}
