import { type BigIntStats, fstatSync, statSync } from 'node:fs';
import { type StorageVolume, type VolumeFormat, volumeFormats } from '@virtkit/schema';
import { readMetadata, storageError } from '@virtkit/storage';
import { HeaderReader } from '../scan/file-header.js';
import { backingDetails, guestSize, openVolume } from '../scan/identify.js';
import { measuredExactly, sizesOf, timestampsOf } from '../scan/measure.js';

/** A volume as its file is now: sizes, owner, times. What its format says about itself is kept. */
export function refreshVolume(volume: StorageVolume): StorageVolume {
  const path = volume.target.path ?? '';
  const fresh = openVolume(path, (fd) => measureInto(volume, fd));
  if (fresh !== undefined) return fresh;
  throw storageError('NO_STORAGE_VOL', `no storage vol with matching path '${path}'`);
}

function measureInto(volume: StorageVolume, fd: number): StorageVolume {
  const stats = fstatSync(fd, { bigint: true });
  const file = measuredExactly(stats);
  const format = formatOf(volume);
  const metadata = file.regular && format !== undefined ? readMetadata(new HeaderReader().of(fd), format) : undefined;
  const backing = volume.backingStore;
  return {
    ...volume,
    ...sizesOf(file, metadata && guestSize(metadata, file)),
    target: {
      ...volume.target,
      permissions: file.permissions,
      timestamps: timestampsOf(stats),
    },
    ...(backing === undefined ? {} : { backingStore: { ...backing, ...backingDetails(backing.path ?? '', statOf) } }),
  };
}

const formatOf = ({ target }: StorageVolume): VolumeFormat | undefined =>
  volumeFormats.find((format) => format === target.format?.type);

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined; // a backing image that is gone has no owner to show
  }
}
