import { Buffer } from 'node:buffer';
import type { XdrReader } from './reader.js';
import type { Codec, XdrType } from './type.js';
import type { XdrWriter } from './writer.js';
import { XdrError } from './xdr-error.js';

/** A string of at most `max` UTF-8 bytes; encoding also takes the bytes themselves. */
export function string(max: number): XdrType<string, string | Uint8Array> {
  const codec: Codec<string, string | Uint8Array> = { write: (w, v) => w.string(v, max), read: (r) => r.string(max) };
  return { shape: { kind: 'string', max }, minBytes: 4, codec: () => codec };
}

/** Up to `max` bytes. Decoding copies them out of the message. */
export function opaque(max: number): XdrType<Buffer, Uint8Array> {
  const codec: Codec<Buffer, Uint8Array> = {
    write: (w, v) => {
      checkLength(v.length, max);
      w.uint(v.length);
      w.bytes(v);
    },
    read: (r) => {
      const length = r.uint();
      checkLength(length, max);
      return r.bytes(length);
    },
  };
  return { shape: { kind: 'opaque', max }, minBytes: 4, codec: () => codec };
}

/** Sixteen bytes, as a uuid in its usual lower-case text form. */
export const uuid: XdrType<string> = {
  shape: { kind: 'opaque', size: 16 },
  minBytes: 16,
  codec: () => uuidCodec,
};

const uuidCodec: Codec<string> = {
  write: (w, v) => w.uuid(v),
  read: (r) => r.uuid(),
};

/** Bytes as an array of `char`, four bytes each on the wire. */
export function chars(max: number): XdrType<Buffer, Uint8Array> {
  const codec: Codec<Buffer, Uint8Array> = {
    write: (w, v) => {
      checkLength(v.length, max);
      w.uint(v.length);
      writeChars(w, v);
    },
    read: (r) => readChars(r, r.count(max, 4)),
  };
  return { shape: { kind: 'array', of: { kind: 'char' }, max }, minBytes: 4, codec: () => codec };
}

/** Text as an array of `char` that ends with NUL, `max` counting the NUL. */
export function charText(max: number): XdrType<string> {
  const codec: Codec<string> = {
    write: (w, v) => {
      const bytes = Buffer.from(`${v}\0`);
      checkLength(bytes.length, max);
      w.uint(bytes.length);
      writeChars(w, bytes);
    },
    read: (r) => untilNul(readChars(r, r.count(max, 4))),
  };
  return { shape: { kind: 'array', of: { kind: 'char' }, max }, minBytes: 4, codec: () => codec };
}

/** Text in exactly `size` `char`s, filled up with NUL; text that is too long loses its end, as in libvirt. */
export function fixedCharText(size: number): XdrType<string> {
  const codec: Codec<string> = {
    write: (w, v) => {
      const bytes = Buffer.alloc(size);
      bytes.write(v, 0, size - 1);
      writeChars(w, bytes);
    },
    read: (r) => untilNul(readChars(r, size)),
  };
  return { shape: { kind: 'array', of: { kind: 'char' }, size }, minBytes: 4 * size, codec: () => codec };
}

function writeChars(writer: XdrWriter, bytes: Uint8Array): void {
  for (const byte of bytes) writer.int((byte << 24) >> 24);
}

function readChars(reader: XdrReader, count: number): Buffer {
  const bytes = Buffer.alloc(count);
  for (let i = 0; i < count; i++) bytes[i] = reader.int();
  return bytes;
}

function untilNul(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  return bytes.toString('utf8', 0, nul < 0 ? bytes.length : nul);
}

function checkLength(length: number, max: number): void {
  if (length > max) throw new XdrError(`${length} bytes are more than ${max}`);
}
