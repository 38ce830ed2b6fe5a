import type { BigIntStats } from 'node:fs';
import type { StoragePermissions, StorageVolume, VolumeTimestamps } from '@virtkit/schema';

const modeBits = 0o7777;
const block = 512n;

/** What a file says about itself without being read. */
export interface Measured {
  readonly directory: boolean;
  readonly regular: boolean;
  /** Bytes. */
  readonly size: bigint;
  readonly allocated: bigint;
  readonly permissions: StoragePermissions;
}
interface PlainStats {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly blocks: number;
  isDirectory(): boolean;
  isFile(): boolean;
}

export const measured = (stats: PlainStats): Measured => ({
  directory: stats.isDirectory(),
  regular: stats.isFile(),
  size: BigInt(stats.size),
  allocated: BigInt(stats.blocks) * block,
  permissions: { mode: stats.mode & modeBits, owner: stats.uid, group: stats.gid },
});

export const measuredExactly = (stats: BigIntStats): Measured => ({
  directory: stats.isDirectory(),
  regular: stats.isFile(),
  size: stats.size,
  allocated: stats.blocks * block,
  permissions: { mode: Number(stats.mode) & modeBits, owner: Number(stats.uid), group: Number(stats.gid) },
});

export const timestampsOf = (stats: BigIntStats): VolumeTimestamps => ({
  atime: stats.atimeNs,
  mtime: stats.mtimeNs,
  ctime: stats.ctimeNs,
});

/** Sizes of a file that is a volume; a directory has none. `capacity` is what its header says. */
export function sizesOf(
  file: Measured,
  capacity: bigint | undefined,
): Pick<StorageVolume, 'capacity' | 'allocation' | 'physical'> {
  if (!file.regular) return { capacity: 0n, allocation: 0n, physical: 0n };
  const guest = capacity === undefined || capacity === 0n ? file.size : capacity;
  return { capacity: guest, allocation: file.allocated, physical: file.size };
}
