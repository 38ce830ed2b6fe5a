import { errorsFrom } from '@virtkit/schema';

/** Errors of the host itself; libvirt reports these without an origin domain. */
export const hostError = errorsFrom('NONE');

/** The operating system's words for an errno name, as libvirt appends them to a message. */
const descriptions: Readonly<Record<string, string>> = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENFILE: 'Too many open files in system',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  ENAMETOOLONG: 'File name too long',
  EADDRINUSE: 'Address already in use',
  ENOMEM: 'Cannot allocate memory',
  EAGAIN: 'Resource temporarily unavailable',
  EBUSY: 'Device or resource busy',
  EIO: 'Input/output error',
  ENOEXEC: 'Exec format error',
};

/** The errno name of a Node error, or undefined. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** A `SYSTEM_ERROR` whose text ends with the operating system's words. */
export function systemError(text: string, cause: unknown): Error {
  const errno = errnoOf(cause);
  const words = errno === undefined ? undefined : (descriptions[errno] ?? errno);
  return hostError('SYSTEM_ERROR', words === undefined ? text : `${text}: ${words}`, { cause });
}
