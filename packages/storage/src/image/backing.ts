import type { VolumeFormat } from '@virtkit/schema';
import { type Header, maxHeader, textAt, u32, u64 } from './header.js';
import { qcow2Extensions } from './qcow2.js';

/** The image below, as the header names it. */
export interface BackingName {
  readonly text: string;
  /** Absent: the header does not say; a reader has to probe. */
  readonly format?: VolumeFormat;
}

const readers: Partial<Record<VolumeFormat, (header: Header) => BackingName | undefined>> = {
  cow: (header) => named(textAt(header, 8, 1024)),
  qcow: (header) => named(nameAt(header, u64(header, 8), u32(header, 16))),
  qcow2: qcow2Backing,
  qed: qedBacking,
  vmdk: vmdkBacking,
};

/** What an image of this format says about the image below it. */
export const backingOf = (format: VolumeFormat, header: Header): BackingName | undefined => readers[format]?.(header);

const longestName = 1023;

function nameAt(header: Header, offset: bigint, length: number): string | undefined {
  if (offset === 0n || length === 0 || length > longestName || offset > BigInt(maxHeader)) return undefined;
  return textAt(header, Number(offset), length);
}
function named(text: string | undefined, format?: VolumeFormat): BackingName | undefined {
  if (text === undefined || text === '') return undefined;
  return format === undefined ? { text } : { text, format };
}

function qcow2Backing(header: Header): BackingName | undefined {
  return named(nameAt(header, u64(header, 8), u32(header, 16)), qcow2Extensions(header).backingFormat);
}

const qedHasBacking = 1n;
const qedBackingIsRaw = 4n;
function qedBacking(header: Header): BackingName | undefined {
  const features = u64(header, 16, 'little');
  if ((features & qedHasBacking) === 0n) return undefined;
  const text = nameAt(header, BigInt(u32(header, 56, 'little')), u32(header, 60, 'little'));
  return named(text, (features & qedBackingIsRaw) === 0n ? undefined : 'raw');
}

const vmdkDescriptor = { at: 0x200, length: 20 * 512 };
function vmdkBacking(header: Header): BackingName | undefined {
  const text = new TextDecoder().decode(header(vmdkDescriptor.at, vmdkDescriptor.length));
  return named(/parentFileNameHint="([^"]*)"/.exec(text.split('\0', 1)[0] ?? '')?.[1], 'vmdk');
}
