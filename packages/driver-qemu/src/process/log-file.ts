import { ignoring } from '@virtkit/schema';
import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { copyFile, open, rename, rm, stat, truncate } from 'node:fs/promises';

/** A log is copied away and cut when it is larger than this, as virtlogd does. */
const maxLogBytes = 2 * 1024 * 1024;
const backups = 3;
const tailBytes = 64 * 1024;

/** `2026-11-26 05:54:05.772+0000`, as libvirt stamps its lines. */
export const logStamp = (now: Date): string => `${now.toISOString().slice(0, -1).replace('T', ' ')}+0000`;

/**
 * The log of one guest. QEMU appends to it by itself, so it is never replaced: rotation copies and truncates, which
 * loses no line of a writer in append mode.
 */
export class GuestLog {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Appends a line with the time before it. @returns bytes in the file then */
  note(text: string): number {
    const file = openSync(this.path, 'a', 0o600);
    try {
      writeSync(file, `${logStamp(new Date())}: ${text}\n`);
      return fstatSync(file).size;
    } finally {
      closeSync(file);
    }
  }

  /** Bytes in the file; 0 when there is none. */
  async size(): Promise<number> {
    return (await stat(this.path).catch(ignoring('ENOENT')))?.size ?? 0;
  }

  /** Text written since the file had `from` bytes, at most the last 64 KiB of it; a rotation in between is noticed. */
  async since(from: number): Promise<string> {
    const size = await this.size();
    const start = Math.max(from <= size ? from : 0, size - tailBytes);
    if (size === start) return '';
    const file = await open(this.path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Keeps three older copies. While the daemon is down the file grows. */
  async rotate(limit = maxLogBytes): Promise<boolean> {
    if ((await this.size()) <= limit) return false;
    for (let number = backups - 2; number >= 0; number -= 1) await this.#shift(number);
    await copyFile(this.path, `${this.path}.0`);
    await truncate(this.path, 0);
    return true;
  }

  /** The log and its older copies. */
  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    for (let number = 0; number < backups; number += 1) await rm(`${this.path}.${number}`, { force: true });
  }

  async #shift(number: number): Promise<void> {
    await rename(`${this.path}.${number}`, `${this.path}.${number + 1}`).catch(ignoring('ENOENT'));
  }
}
