import type { ImageCache } from './image.js';

interface CacheMode extends ImageCache {
  readonly writeback: boolean;
}

/** What the cache modes of a document mean to QEMU. */
const cacheModes: Readonly<Record<string, CacheMode>> = {
  none: { direct: true, noFlush: false, writeback: true },
  writeback: { direct: false, noFlush: false, writeback: true },
  writethrough: { direct: false, noFlush: false, writeback: false },
  directsync: { direct: true, noFlush: false, writeback: false },
  unsafe: { direct: false, noFlush: true, writeback: true },
};

/** Meaning of a cache mode; undefined for `default` and none. */
export const cacheMode = (mode: string | undefined): CacheMode | undefined =>
  mode === undefined ? undefined : cacheModes[mode];
