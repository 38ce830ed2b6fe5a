import { readSync } from 'node:fs';
import { type Header, maxHeader } from '@virtkit/storage';

const first = 512;

/** Reads the start of open files, a piece when it is asked for. One buffer serves all: a header is valid until the next. */
export class HeaderReader {
  readonly #buffer = Buffer.alloc(maxHeader);

  /** The header of an open file. */
  of(fd: number): Header {
    const buffer = this.#buffer;
    let filled = readSync(fd, buffer, 0, first, 0);
    let complete = filled < first;
    return (offset, length) => {
      const end = Math.min(offset + length, maxHeader);
      if (end > filled && !complete) {
        if (offset > filled) return this.#apart(fd, offset, end - offset);
        const read = readSync(fd, buffer, filled, end - filled, filled);
        complete = filled + read < end;
        filled += read;
      }
      return buffer.subarray(offset, Math.min(end, filled));
    };
  }

  /** A piece far behind what was read so far: not worth all that lies between. */
  #apart(fd: number, offset: number, length: number): Uint8Array {
    const piece = Buffer.alloc(Math.max(length, 0));
    return piece.subarray(0, readSync(fd, piece, 0, piece.length, offset));
  }
}
