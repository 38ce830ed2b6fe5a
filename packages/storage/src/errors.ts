import { errorsFrom, VirtError } from '@virtkit/schema';

/** Errors of the storage part. */
export const storageError = errorsFrom('STORAGE');

const errnoTexts: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOTEMPTY: 'Directory not empty',
  ENOSPC: 'No space left on device',
  EDQUOT: 'Disk quota exceeded',
  EFBIG: 'File too large',
  EROFS: 'Read-only file system',
  ENAMETOOLONG: 'File name too long',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENFILE: 'Too many open files in system',
  ETXTBSY: 'Text file busy',
  EBUSY: 'Device or resource busy',
  EIO: 'Input/output error',
  ENOSYS: 'Function not implemented',
  EOPNOTSUPP: 'Operation not supported',
  ENOTSUP: 'Operation not supported',
  EXDEV: 'Invalid cross-device link',
  EINVAL: 'Invalid argument',
};

/** The error code of a failed system call; undefined for any other error. */
export function errnoOf(cause: unknown): string | undefined {
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** `WHAT: No such file or directory`, with the failed call as cause. */
export function systemError(what: string, cause: unknown, origin: 'STORAGE' | 'NONE' = 'STORAGE'): VirtError {
  const errno = errnoOf(cause);
  const reason =
    errno === undefined ? String(cause instanceof Error ? cause.message : cause) : (errnoTexts[errno] ?? errno);
  return new VirtError('SYSTEM_ERROR', origin, `${what}: ${reason}`, { cause });
}
