import type { VolumeFormat } from '@virtkit/schema';
import type { Endian } from './header.js';

/** How a format is known: bytes at a place, and a version where the format has one. */
export interface Signature {
  readonly format: VolumeFormat;
  readonly at: number;
  readonly magic: readonly number[];
  readonly endian: Endian;
  /** Absent: any version. */
  readonly version?: { readonly at: number; readonly known: readonly number[] };
  /** Where the guest's size stands, in units of `unit` bytes. Absent: the file's own size counts. */
  readonly size?: { readonly at: number; readonly bytes: 4 | 8; readonly unit: bigint };
}

const ascii = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
const bytes = (at: number, unit = 1n) => ({ at, bytes: 8, unit }) as const;

/** Tried in this order. Formats without a row (bochs, cloop, dmg, fat, vhd) are never guessed. */
export const signatures: readonly Signature[] = [
  {
    format: 'vpc',
    at: 0,
    magic: ascii('conectix'),
    endian: 'big',
    version: { at: 12, known: [0x10000] },
    size: bytes(48),
  },
  {
    format: 'vdi',
    at: 64,
    magic: [0x7f, 0x10, 0xda, 0xbe],
    endian: 'little',
    version: { at: 68, known: [0x10001] },
    size: bytes(368),
  },
  { format: 'ploop', at: 0, magic: ascii('WithouFreSpacExt'), endian: 'little', size: bytes(36, 512n) },
  { format: 'cow', at: 0, magic: ascii('OOOM'), endian: 'big', version: { at: 4, known: [2] }, size: bytes(1036) },
  { format: 'qcow', at: 0, magic: ascii('QFI'), endian: 'big', version: { at: 4, known: [1] }, size: bytes(24) },
  { format: 'qcow2', at: 0, magic: ascii('QFI'), endian: 'big', version: { at: 4, known: [2, 3] }, size: bytes(24) },
  { format: 'qed', at: 0, magic: ascii('QED'), endian: 'little', size: bytes(48) },
  {
    format: 'vmdk',
    at: 0,
    magic: ascii('KDMV'),
    endian: 'little',
    version: { at: 4, known: [1, 2, 3] },
    size: bytes(12, 512n),
  },
  { format: 'iso', at: 32769, magic: ascii('CD001'), endian: 'little' },
];
