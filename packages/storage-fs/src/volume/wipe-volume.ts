import { type FileHandle, open } from 'node:fs/promises';
import type { Commands, WipeAlgorithm } from '@virtkit/core';
import { errnoOf, type StorageVolume } from '@virtkit/schema';
import { storageError, systemError } from '@virtkit/storage';

const scrubPatterns: Readonly<Partial<Record<WipeAlgorithm, string>>> = {
  nnsa: 'nnsa',
  dod: 'dod',
  bsi: 'bsi',
  gutmann: 'gutmann',
  schneier: 'schneier',
  pfitzner7: 'pfitzner7',
  pfitzner33: 'pfitzner33',
  random: 'random',
};
const block = 512;
const chunkSize = 1 << 20;

/** Overwrites what a volume holds. A file with holes keeps its size and loses all its blocks instead. */
export async function wipeVolume(
  volume: StorageVolume,
  algorithm: WipeAlgorithm,
  context: { readonly commands: Commands; readonly signal: AbortSignal },
): Promise<void> {
  const path = volume.target.path ?? '';
  if (algorithm === 'trim') throw storageError('ARGUMENT_UNSUPPORTED', "'trim' algorithm not supported");
  const pattern = scrubPatterns[algorithm];
  if (pattern !== undefined) {
    await context.commands.expect('scrub', ['-f', '-p', pattern, path], { signal: context.signal });
    return;
  }
  await using file = await openToWrite(path);
  const { size, blocks } = await file.stat();
  if (blocks * block < size) await emptied(file, size, path);
  else await zeroed(file, size, path, context.signal);
  await file.sync();
}

async function openToWrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (cause) {
    throw systemError(`Failed to open storage volume with path '${path}'`, cause);
  }
}

async function emptied(file: FileHandle, size: number, path: string): Promise<void> {
  try {
    await file.truncate(0);
    await file.truncate(size);
  } catch (cause) {
    throw systemError(
      `Failed to truncate volume with path '${path}' to ${errnoOf(cause) === 'EINVAL' ? size : 0} bytes`,
      cause,
    );
  }
}

async function zeroed(file: FileHandle, size: number, path: string, signal: AbortSignal): Promise<void> {
  const zeros = Buffer.alloc(chunkSize);
  for (let at = 0; at < size; ) {
    signal.throwIfAborted();
    const { bytesWritten } = await file.write(zeros, 0, Math.min(chunkSize, size - at), at).catch((cause: unknown) => {
      throw systemError(`Failed to write ${size - at} bytes to storage volume with path '${path}'`, cause);
    });
    at += bytesWritten;
  }
}
