import { systemError } from '@virtkit/host';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ByteRange, ByteSink, ByteSource, OpenFile } from '@virtkit/core';
import type { StorageVolume } from '@virtkit/schema';
import { errorsFrom } from '@virtkit/schema';

const streamError = errorsFrom('STREAMS');

/** A volume's bytes by descriptor. */
export async function readVolume(volume: StorageVolume, range: ByteRange, sparse: boolean): Promise<ByteSource> {
  const file = await openFile(volume, constants.O_RDONLY);
  try {
    return { kind: 'file', file: await positioned(file, range, volume), range, sparse };
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

/** A volume to be written by descriptor, in place. */
export async function writeVolume(volume: StorageVolume, range: ByteRange): Promise<ByteSink> {
  const file = await openFile(volume, constants.O_WRONLY);
  return { kind: 'file', file, range, finish: () => Promise.resolve() };
}

async function openFile(volume: StorageVolume, flags: number): Promise<OpenFile> {
  const path = volume.target.path ?? '';
  try {
    return await open(path, flags | constants.O_NOCTTY);
  } catch (cause) {
    throw systemError(`Unable to open stream for '${path}'`, cause);
  }
}

/** An offset behind the end of a file that is read cannot be meant. */
async function positioned(file: OpenFile, range: ByteRange, volume: StorageVolume): Promise<OpenFile> {
  if (range.offset <= 2n ** 63n - 1n) return file;
  throw streamError('OPERATION_FAILED', `Unable to seek ${volume.target.path ?? ''} to ${range.offset}`);
}
