import { stat } from 'node:fs/promises';
import type { BlockInfo } from '@virtkit/core';
import type { Disk } from '@virtkit/schema';
import { systemError, virtError } from '../../errors.js';
import { diskPath } from '../../guests/disk-source.js';
import { readImageHeader } from '../../process/image-chain.js';

/**
 * Sizes of an image file, from the file itself.
 * @throws `SYSTEM_ERROR` in libvirt's words when it cannot be read.
 */
export async function imageSizes(disk: Disk): Promise<BlockInfo> {
  const path = diskPath(disk);
  if (path === undefined)
    throw virtError('INVALID_ARG', `disk '${disk.target.dev}' does not currently have a source assigned`);
  try {
    return await fileSizes(path, disk.driver?.type ?? 'raw');
  } catch (cause) {
    throw systemError(`Failed to open file '${path}'`, cause);
  }
}

async function fileSizes(path: string, format: string): Promise<BlockInfo> {
  const [file, header] = await Promise.all([stat(path, { bigint: true }), readImageHeader(path, format)]);
  return { capacity: header.capacity ?? file.size, allocation: file.blocks * 512n, physical: file.size };
}
