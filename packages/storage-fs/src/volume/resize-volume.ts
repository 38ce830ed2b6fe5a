import { systemError } from '@virtkit/host';
import { open } from 'node:fs/promises';
import type { Commands } from '@virtkit/core';
import type { StorageVolume } from '@virtkit/schema';
import { resizeCommand, storageError } from '@virtkit/storage';
import { allocateRange } from '../create/make-raw.js';
import { runQemuImg } from '../create/run-qemu-img.js';

export interface ResizeOptions {
  readonly allocate?: boolean;
}

/** Changes a volume's size. A raw file is cut or extended in place; for other formats qemu-img knows how. */
export async function resizeVolume(
  volume: StorageVolume,
  capacity: bigint,
  options: ResizeOptions,
  context: { readonly commands: Commands; readonly signal: AbortSignal },
): Promise<void> {
  const path = volume.target.path ?? '';
  const format = volume.target.format?.type ?? 'raw';
  if (format === 'raw' && volume.target.encryption === undefined)
    return resizeRaw(path, { volume, capacity, options }, context);
  if (options.allocate === true)
    throw storageError('OPERATION_UNSUPPORTED', 'preallocate is only supported for raw type volume');
  if (volume.target.encryption !== undefined)
    throw storageError('OPERATION_UNSUPPORTED', `resize of the encrypted volume '${volume.name}' is not supported`);
  const args = resizeCommand({ path, format, capacity, shrink: capacity < volume.capacity });
  await runQemuImg(context.commands, args, { signal: context.signal });
}

const largestFile = 2n ** 53n - 1n;

async function resizeRaw(
  path: string,
  {
    volume,
    capacity,
    options,
  }: { readonly volume: StorageVolume; readonly capacity: bigint; readonly options: ResizeOptions },
  context: { readonly commands: Commands; readonly signal: AbortSignal },
): Promise<void> {
  const what = `Failed to truncate file '${path}'`;
  if (capacity > largestFile) throw systemError(what, Object.assign(new Error('too large'), { code: 'EFBIG' }));
  await using file = await open(path, 'r+').catch((cause: unknown) => {
    throw systemError(`Unable to open '${path}'`, cause);
  });
  if (options.allocate === true && capacity > volume.capacity) {
    const range = { path, finalPath: path, offset: volume.capacity, length: capacity - volume.capacity, zero: true };
    await allocateRange(file, range, context.commands, context.signal);
  }
  await file.truncate(Number(capacity)).catch((cause: unknown) => {
    throw systemError(what, cause);
  });
  await file.sync();
}
