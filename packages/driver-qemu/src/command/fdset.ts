import type { CommandContext } from './context.js';
import { pairs, type QemuOption } from './option.js';

/** A descriptor handed to QEMU, and the path it is opened by. */
export interface PassedFile {
  readonly options: readonly QemuOption[];
  readonly path: string;
}

/** Passes descriptors as one set; with several the opaque texts are numbered. */
export function passFds(fds: readonly number[], opaque: string, { fdsets }: CommandContext): PassedFile {
  const set = fdsets.next();
  return {
    options: fds.map((fd, index) =>
      pairs(
        'add-fd',
        ['set', String(set)],
        ['fd', String(fd)],
        ['opaque', fds.length > 1 ? `${opaque}${index}` : opaque],
      ),
    ),
    path: `/dev/fdset/${set}`,
  };
}
