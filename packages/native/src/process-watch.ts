import { failure } from './failure.js';
import type { Libc } from './libc.js';

/**
 * Resolves true when the process with this number has ended, false after `timeoutMs`. Needs no looking again and again,
 * and holds a thread of the pool meanwhile: for short waits only.
 */
export async function processEnded(libc: Libc, pid: number, timeoutMs: number): Promise<boolean> {
  const fd = libc.pidfdOpen(pid);
  if (fd < 0) {
    const error = failure(libc, 'pidfd_open');
    if ('code' in error && error.code === 'ESRCH') return true;
    throw error;
  }
  try {
    return (await libc.pollReadable(fd, timeoutMs)) > 0;
  } finally {
    libc.close(fd);
  }
}
