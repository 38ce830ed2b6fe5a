import type { VolumeFormat } from '@virtkit/schema';
import { type Signature, signatures } from './formats.js';
import { type Header, numberAt } from './header.js';

/** The format an image shows in its header; `raw` when it shows none. */
export function probeFormat(header: Header): VolumeFormat {
  return signatures.find((signature) => matches(signature, header))?.format ?? 'raw';
}

function matches({ at, magic, endian, version }: Signature, header: Header): boolean {
  const found = header(at, magic.length);
  if (found.length < magic.length || !magic.every((byte, index) => found[index] === byte)) return false;
  if (version === undefined) return true;
  const number = numberAt(header, version.at, 4, endian);
  return version.known.some((known) => known === number);
}

/** Guest size in bytes as the header says; undefined when the format or this image has none. */
export function headerCapacity(format: VolumeFormat, header: Header): bigint | undefined {
  const signature = signatures.find((row) => row.format === format);
  if (signature?.size === undefined) return undefined;
  const { at, bytes, unit } = signature.size;
  const value = numberAt(header, at, bytes, signature.endian);
  if (value === undefined) return undefined;
  const size = BigInt(value) * unit;
  return size > maxSize ? undefined : size;
}
const maxSize = 2n ** 64n - 1n;
