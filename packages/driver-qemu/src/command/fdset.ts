import { pairs, type QemuOption } from './option.js';

/** Gives out numbers of descriptor sets, from 0. */
export interface FdsetCounter {
  next(): number;
}

export function fdsetCounter(): FdsetCounter {
  let next = 0;
  return { next: () => next++ };
}

/** Descriptors handed to QEMU as a set, and the path it opens them by. */
export interface PassedFile {
  readonly options: readonly QemuOption[];
  readonly path: string;
}

/** A descriptor, and what QEMU's introspection calls it. */
export interface NamedFd {
  readonly fd: number;
  readonly opaque: string;
}

/** Passes descriptors as one set. */
export function passFds(fds: readonly NamedFd[], fdsets: FdsetCounter): PassedFile {
  const set = fdsets.next();
  return {
    options: fds.map(({ fd, opaque }) => pairs('add-fd', ['set', String(set)], ['fd', String(fd)], ['opaque', opaque])),
    path: `/dev/fdset/${set}`,
  };
}
