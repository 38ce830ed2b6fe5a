import type { Disk } from '@virtkit/schema';
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

/** How a disk is cached; undefined where QEMU decides. Guests that write to one disk mustn't cache it. */
export function cacheMode(disk: Disk): CacheMode | undefined {
  const mode = disk.driver?.cache ?? 'default';
  return mode === 'default' && disk.shareable && !disk.readonly ? cacheModes['none'] : cacheModes[mode];
}
