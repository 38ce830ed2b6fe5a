import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { copyFile, type FileHandle, open } from 'node:fs/promises';
import type { Commands } from '@virtkit/core';
import { systemError } from '@virtkit/storage';

export interface RawRequest {
  readonly path: string;
  /** Named in errors. */
  readonly finalPath: string;
  /** Bytes. */
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly mode: number;
  /** A file whose bytes are taken over. */
  readonly from?: string;
  /** Share the blocks of `from`, or fail. */
  readonly reflink?: boolean;
}

const largestFile = 2n ** 53n - 1n;

/** A file of that size, its first `allocation` bytes really there. */
export async function makeRaw(request: RawRequest, commands: Commands, signal: AbortSignal): Promise<void> {
  const size = request.capacity > request.allocation ? request.capacity : request.allocation;
  if (request.from === undefined && request.allocation <= smallAllocation && size <= largestFile)
    makeSmall(request, size);
  else await makeLarge(request, size, commands, signal);
}

/** What takes no time to speak of is done at once. */
function makeSmall({ path, finalPath, allocation, mode }: RawRequest, size: bigint): void {
  const attempt = <T>(what: string, run: () => T): T => {
    try {
      return run();
    } catch (cause) {
      throw systemError(what, cause);
    }
  };
  const fd = attempt(`Failed to create file '${finalPath}'`, () => openSync(path, 'wx', mode));
  try {
    attempt(`cannot extend file '${finalPath}'`, () => ftruncateSync(fd, Number(size)));
    const zeroed = zeros.subarray(0, Number(allocation));
    attempt(`cannot allocate ${allocation} bytes in file '${finalPath}'`, () => {
      for (let done = 0; done < zeroed.length; ) done += writeSync(fd, zeroed, done, zeroed.length - done, done);
    });
  } finally {
    closeSync(fd);
  }
}

async function makeLarge(request: RawRequest, size: bigint, commands: Commands, signal: AbortSignal): Promise<void> {
  if (request.reflink === true && request.from !== undefined) await clone(request.from, request.path);
  const flags = constants.O_RDWR | constants.O_CREAT;
  await using file = await open(request.path, flags, request.mode).catch((cause: unknown) => {
    throw systemError(`Failed to create file '${request.finalPath}'`, cause);
  });
  if (size > largestFile) await extendFar(request, size, commands, signal);
  else await extend(file, size, request.finalPath);
  const kept = request.from === undefined || request.reflink === true ? 0n : await fill(file, request, signal);
  await allocate(file, { ...request, kept }, commands, signal);
  if (request.from !== undefined) await file.sync();
}

async function clone(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE).catch((cause: unknown) => {
    throw systemError(`failed to clone files from '${from}'`, cause);
  });
}

/** Sizes no number of this language holds exactly are left to the `truncate` program. */
async function extendFar(
  { path, finalPath }: RawRequest,
  size: bigint,
  commands: Commands,
  signal: AbortSignal,
): Promise<void> {
  const result = await commands.run('truncate', ['-s', String(size), path], { signal });
  if (result.code !== 0) throw systemError(`cannot extend file '${finalPath}'`, failure(result.stderr));
}

/** Sets a file's size. */
async function extend(file: FileHandle, size: bigint, name: string): Promise<void> {
  const what = `cannot extend file '${name}'`;
  if (size > largestFile) throw systemError(what, Object.assign(new Error('too large'), { code: 'EFBIG' }));
  await file.truncate(Number(size)).catch((cause: unknown) => {
    throw systemError(what, cause);
  });
}

const chunkSize = 1 << 20;

/** Copies another file's bytes, leaving out blocks of zeros. Answers the size copied. */
async function fill(file: FileHandle, { from, finalPath }: RawRequest, signal: AbortSignal): Promise<bigint> {
  const path = from ?? '';
  await using source = await open(path, 'r').catch((cause: unknown) => {
    throw systemError(`could not open input path '${path}'`, cause);
  });
  const chunk = Buffer.allocUnsafe(chunkSize);
  let at = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await source.read(chunk, 0, chunkSize, at);
    if (bytesRead === 0) return BigInt(at);
    if (!isZero(chunk.subarray(0, bytesRead))) await writeAll(file, chunk.subarray(0, bytesRead), at, finalPath);
    at += bytesRead;
  }
}

const zeros = Buffer.alloc(chunkSize);
const isZero = (bytes: Uint8Array): boolean => zeros.compare(bytes, 0, bytes.length, 0, bytes.length) === 0;

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number, name: string): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done).catch((cause: unknown) => {
      throw systemError(`failed writing to file '${name}'`, cause);
    });
    done += bytesWritten;
  }
}

interface AllocateRequest {
  readonly path: string;
  readonly finalPath: string;
  readonly allocation: bigint;
  /** Bytes that hold content already. */
  readonly kept: bigint;
}
/** Up to here zeros are simply written; beyond, the file system is asked. */
const smallAllocation = 1 << 20;

/** Makes sure that `allocation` bytes are on the disk. */
async function allocate(
  file: FileHandle,
  request: AllocateRequest,
  commands: Commands,
  signal: AbortSignal,
): Promise<void> {
  const { allocation, finalPath, kept } = request;
  if (allocation === 0n) return;
  if (kept === 0n && allocation <= smallAllocation)
    await writeAll(file, zeros.subarray(0, Number(allocation)), 0, finalPath);
  else
    await allocateRange(
      file,
      { path: request.path, finalPath, offset: 0n, length: allocation, zero: kept === 0n },
      commands,
      signal,
    );
}

export interface RangeRequest {
  readonly path: string;
  readonly finalPath: string;
  readonly offset: bigint;
  readonly length: bigint;
  /** The range holds nothing yet: zeros may be written over it. */
  readonly zero: boolean;
}

/** Asks the file system for blocks (the `fallocate` program), or writes zeros where it has no such call. */
export async function allocateRange(
  file: FileHandle,
  range: RangeRequest,
  commands: Commands,
  signal: AbortSignal,
): Promise<void> {
  const { path, finalPath, offset, length, zero } = range;
  const what = `cannot allocate ${length} bytes in file '${finalPath}'`;
  if ((await commands.find('fallocate')) !== undefined) {
    const result = await commands.run('fallocate', ['-o', String(offset), '-l', String(length), path], { signal });
    if (result.code === 0) return;
    if (!/not supported/i.test(result.stderr)) throw systemError(what, failure(result.stderr));
  }
  if (!zero) return;
  for (let at = offset; at < offset + length; at += BigInt(chunkSize)) {
    signal.throwIfAborted();
    const left = offset + length - at;
    const piece = left < BigInt(chunkSize) ? zeros.subarray(0, Number(left)) : zeros;
    await writeAll(file, piece, Number(at), finalPath);
  }
}

const reasons: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'File too large': 'EFBIG',
  'Disk quota exceeded': 'EDQUOT',
  'Permission denied': 'EACCES',
};
function failure(stderr: string): Error {
  const words = stderr.trim().replace(/^.*: /s, '');
  const code = reasons[words];
  return code === undefined ? new Error(words) : Object.assign(new Error(words), { code });
}
