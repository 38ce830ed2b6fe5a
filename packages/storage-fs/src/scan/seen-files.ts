import { type Stats, statSync } from 'node:fs';
import type { StorageVolume } from '@virtkit/schema';

interface Seen {
  readonly inode: number;
  readonly size: number;
  readonly blocks: number;
  readonly changed: number;
  readonly volume: StorageVolume;
}

/** Clocks of file systems tick in milliseconds: what changed just before it was read may have changed just after, too. */
const doubt = 1_000;

/** What files of a pool were when they were last read: one that has not changed since is not opened again. */
export class SeenFiles {
  #seen = new Map<string, Seen>();
  #next = new Map<string, Seen>();

  /** The volume of a file that is as it was; undefined when it has to be read. */
  unchanged(path: string, name: string): StorageVolume | undefined {
    const seen = this.#seen.get(name);
    if (seen === undefined) return undefined;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || !isSame(seen, stats)) return undefined;
    this.#next.set(name, seen);
    return seen.volume;
  }

  /** Remembers what was read, unless it may have changed while it was, or depends on another file. */
  remember(path: string, name: string, volume: StorageVolume): void {
    if (volume.backingStore !== undefined) return;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || Date.now() - stats.ctimeMs < doubt) return;
    const { ino, size, blocks, ctimeMs } = stats;
    this.#next.set(name, { inode: ino, size, blocks, changed: ctimeMs, volume });
  }

  /** A whole look is over: files that were not met are forgotten. */
  turn(): void {
    this.#seen = this.#next;
    this.#next = new Map();
  }
}

const isSame = (seen: Seen, stats: Stats): boolean =>
  seen.inode === stats.ino &&
  seen.changed === stats.ctimeMs &&
  seen.size === stats.size &&
  seen.blocks === stats.blocks;
