/**
 * The start of an image: gives the bytes at an offset, fewer when the image ends before. Reading is lazy, so that a
 * plain file costs one small read.
 */
export type Header = (offset: number, length: number) => Uint8Array;

/** How far into an image anything may lie that is read from it; everything beyond counts as absent. */
export const maxHeader = 0x8200;

/** A header that is wholly in memory. */
export const headerOf =
  (bytes: Uint8Array): Header =>
  (offset, length) =>
    bytes.subarray(offset, Math.min(offset + length, maxHeader));

export type Endian = 'big' | 'little';

/** An unsigned number at an offset; undefined when the image ends before. */
export function numberAt(header: Header, offset: number, size: 2 | 4 | 8, endian: Endian): number | bigint | undefined {
  const bytes = header(offset, size);
  if (bytes.length < size) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const little = endian === 'little';
  if (size === 8) return view.getBigUint64(0, little);
  return size === 4 ? view.getUint32(0, little) : view.getUint16(0, little);
}

/** A 32-bit number, 0 when it is not there. */
export const u32 = (header: Header, offset: number, endian: Endian = 'big'): number =>
  Number(numberAt(header, offset, 4, endian) ?? 0);

/** A 64-bit number, 0 when it is not there. */
export const u64 = (header: Header, offset: number, endian: Endian = 'big'): bigint =>
  BigInt(numberAt(header, offset, 8, endian) ?? 0);

/** Text up to the first NUL. Undefined when the image ends before `length` bytes. */
export function textAt(header: Header, offset: number, length: number): string | undefined {
  if (offset + length > maxHeader) return undefined;
  const bytes = header(offset, length);
  if (bytes.length < length) return undefined;
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
