import { systemError as hostSystemError } from '@virtkit/host';
import { chmodSync, chownSync, mkdirSync, rmdirSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BuildOptions } from '@virtkit/core';
import { errnoOf, errorsFrom, type StoragePermissions, type StoragePool } from '@virtkit/schema';
import { storageError, systemError, unsupportedFlags } from '@virtkit/storage';

const commonError = errorsFrom('NONE');
const defaultPoolMode = 0o711;

export const directoryOf = (pool: StoragePool): string => pool.target?.path ?? '/';

/** A directory that is there counts as started. */
export function directoryExists(pool: StoragePool): boolean {
  try {
    return statSync(directoryOf(pool)).isDirectory();
  } catch {
    return false;
  }
}

/** Makes the directory and its parents; one that is there already is fine. There is no device that could be formatted. */
export function buildDirectory(pool: StoragePool, options: BuildOptions): void {
  makePoolDirectory(pool, options);
  if (options.overwrite === true || options.noOverwrite === true)
    throw storageError('OPERATION_INVALID', `No source device specified when formatting pool '${pool.name}'`);
}

/** The part of it that all pools with a directory have in common. */
export function makePoolDirectory(pool: StoragePool, options: BuildOptions): void {
  if (options.repair === true || options.resize === true)
    throw unsupportedFlags(options.resize === true ? 2 : 1, 'virStorageBackendFileSystemBuild');
  if (options.overwrite === true && options.noOverwrite === true)
    throw storageError.plain(
      'INVALID_ARG',
      "Flags 'VIR_STORAGE_POOL_BUILD_OVERWRITE' and 'VIR_STORAGE_POOL_BUILD_NO_OVERWRITE' are mutually exclusive",
    );
  const path = directoryOf(pool);
  const existed = makeDirectory(pool, path);
  applyOwner(pool, path, existed);
  applyCow(pool, path);
}

function makeDirectory(pool: StoragePool, path: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(path, { mode: pool.target?.permissions?.mode ?? defaultPoolMode });
    return false;
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST' && directoryExists(pool)) return true;
    throw hostSystemError(`failed to create directory '${path}'`, cause);
  }
}

function applyOwner(pool: StoragePool, path: string, existed: boolean): void {
  const { mode, owner, group } = pool.target?.permissions ?? {};
  try {
    if (owner !== undefined || group !== undefined) {
      const now = statSync(path);
      chownSync(path, owner ?? now.uid, group ?? now.gid);
    }
    if (mode !== undefined) chmodSync(path, mode);
    else if (!existed) chmodSync(path, defaultPoolMode);
  } catch (cause) {
    throw hostSystemError(`cannot set owner and mode of '${path}'`, cause);
  }
}

const btrfs = 0x9123683e;
function applyCow(pool: StoragePool, path: string): void {
  if (pool.features?.cow?.state === undefined || statfsSync(path).type === btrfs) return;
  throw commonError('SYSTEM_ERROR', `unable to control COW flag on '${path}', not btrfs: Function not implemented`);
}

/** Removes the directory; it must be empty. */
export function deleteDirectory(pool: StoragePool): void {
  const path = directoryOf(pool);
  try {
    rmdirSync(path);
  } catch (cause) {
    throw systemError(`failed to remove pool '${path}'`, cause);
  }
}

export interface Space {
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly available: bigint;
}
/** Bytes of the file system that holds a directory. */
export function spaceOf(path: string): Space {
  try {
    const { bsize, blocks, bfree } = statfsSync(path, { bigint: true });
    return { capacity: bsize * blocks, allocation: bsize * (blocks - bfree), available: bsize * bfree };
  } catch (cause) {
    throw systemError(`cannot statvfs path '${path}'`, cause);
  }
}

/** Who owns a directory, and its mode. */
export function permissionsOf(path: string): StoragePermissions {
  const { mode, uid, gid } = statSync(path);
  return { mode: mode & 0o7777, owner: uid, group: gid };
}
