import type { ErrorOrigin } from './error-origins.js';
import { VirtError } from './virt-error.js';

/** The words of the C library, which libvirt appends to its messages. @see strerror(3) */
const descriptions: Readonly<Record<string, string>> = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  ENXIO: 'No such device or address',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENFILE: 'Too many open files in system',
  EMFILE: 'Too many open files',
  ETXTBSY: 'Text file busy',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  EPIPE: 'Broken pipe',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOSYS: 'Function not implemented',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  EOPNOTSUPP: 'Operation not supported',
  ENOTSUP: 'Operation not supported',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  EDQUOT: 'Disk quota exceeded',
};

/** The name of the error number of a failed system call (`ENOENT`); undefined for any other error. */
export const errnoOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;

/** For `catch`: passes over calls that failed for one of these reasons, and throws whatever else it was. */
export const ignoring =
  (...errnos: readonly string[]) =>
  (cause: unknown): undefined => {
    if (!errnos.includes(errnoOf(cause) ?? '')) throw cause;
  };

/** What the operating system says of a failed call; the text of any other error. */
export function systemWords(cause: unknown): string {
  const errno = errnoOf(cause);
  if (errno !== undefined) return descriptions[errno] ?? errno;
  return cause instanceof Error ? cause.message : String(cause);
}

/** What the system was asked that it refused: `open '/path'`; undefined where the error is none of the system's. */
export function failedCall(cause: unknown): string | undefined {
  if (errnoOf(cause) === undefined || !(cause instanceof Error)) return undefined;
  const { syscall, path } = cause as { readonly syscall?: unknown; readonly path?: unknown }; // Node's, looked at below
  if (typeof syscall !== 'string') return undefined;
  return typeof path === 'string' ? `${syscall} '${path}'` : syscall;
}

/** `WHAT: No such file or directory`, with the failed call as its cause. */
export const systemErrorsFrom =
  (origin: ErrorOrigin) =>
  (what: string, cause: unknown): VirtError =>
    new VirtError('SYSTEM_ERROR', origin, `${what}: ${systemWords(cause)}`, { cause });
