import { type Header, numberAt, u32 } from './header.js';

const magic = [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe];
const sector = 512n;

/** A raw image that is a LUKS container: where its content starts, in bytes (0: the header does not say, LUKS 2). */
export function luksPayload(header: Header): bigint | undefined {
  const found = header(0, magic.length);
  if (found.length < magic.length || !magic.every((byte, index) => found[index] === byte)) return undefined;
  const version = numberAt(header, 6, 2, 'big');
  if (version === 1) return BigInt(u32(header, 104)) * sector;
  return version === 2 ? 0n : undefined;
}
