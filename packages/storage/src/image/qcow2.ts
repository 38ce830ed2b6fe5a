import { type VolumeFormat, volumeFormats } from '@virtkit/schema';
import { type Header, maxHeader, textAt, u32, u64 } from './header.js';

/** What a qcow2 header says beside size and backing image. */
export interface Qcow2Details {
  /** `0.10` is version 2, `1.1` version 3. */
  readonly compat: '0.10' | '1.1';
  /** Bytes. */
  readonly clusterSize: number;
  readonly features: readonly Qcow2Feature[];
  readonly encryption?: 'qcow' | 'luks';
  readonly dataFile?: { readonly name: string | undefined; readonly raw: boolean };
}
/** In libvirt's order. */
const qcow2Features = ['lazy_refcounts', 'extended_l2', 'data_file'] as const;
export type Qcow2Feature = (typeof qcow2Features)[number];

const incompatible = { dataFile: 1n << 2n, extendedL2: 1n << 4n };
const compatible = { lazyRefcounts: 1n };
const autoclear = { rawDataFile: 1n << 1n };
const at = {
  version: 4,
  clusterBits: 20,
  crypt: 32,
  incompatible: 72,
  compatible: 80,
  autoclear: 88,
  headerLength: 100,
};
const largestClusterBits = 21;

export function qcow2Details(header: Header): Qcow2Details {
  const modern = u32(header, at.version) >= 3;
  const features = modern ? featuresOf(header) : [];
  const encryption = ([undefined, 'qcow', 'luks'] as const)[u32(header, at.crypt)];
  const bits = u32(header, at.clusterBits);
  return {
    compat: modern ? '1.1' : '0.10',
    clusterSize: bits > largestClusterBits ? 0 : 2 ** bits,
    features,
    ...(encryption === undefined ? {} : { encryption }),
    ...(features.includes('data_file') ? { dataFile: dataFileOf(header) } : {}),
  };
}

function featuresOf(header: Header): readonly Qcow2Feature[] {
  const hard = u64(header, at.incompatible);
  const soft = u64(header, at.compatible);
  const present: Record<Qcow2Feature, boolean> = {
    lazy_refcounts: (soft & compatible.lazyRefcounts) !== 0n,
    extended_l2: (hard & incompatible.extendedL2) !== 0n,
    data_file: (hard & incompatible.dataFile) !== 0n,
  };
  return qcow2Features.filter((feature) => present[feature]);
}

const dataFileOf = (header: Header) => ({
  name: qcow2Extensions(header).dataFile,
  raw: (u64(header, at.autoclear) & autoclear.rawDataFile) !== 0n,
});

interface Extensions {
  readonly backingFormat?: VolumeFormat;
  readonly dataFile?: string;
}
const extensionNames: Readonly<Record<number, 'backingFormat' | 'dataFile'>> = {
  0xe2792aca: 'backingFormat',
  0x44415441: 'dataFile',
};

/** Walks the header's extensions; they end at the backing file's name, at a zero magic, or where the bytes end. */
export function qcow2Extensions(header: Header): Extensions {
  const end = Math.min(Number(u64(header, 8)) || maxHeader, maxHeader);
  const found: { backingFormat?: VolumeFormat; dataFile?: string } = {};
  let offset = u32(header, at.version) >= 3 ? u32(header, at.headerLength) : 72;
  while (offset >= 72 && offset + 8 <= end) {
    const magic = u32(header, offset);
    const length = u32(header, offset + 4);
    if (magic === 0 || offset + 8 + length > end) break;
    const name = extensionNames[magic];
    const text = name === undefined ? undefined : textAt(header, offset + 8, length);
    if (name === 'dataFile' && text !== undefined) found.dataFile = text;
    if (name === 'backingFormat' && text !== undefined) found.backingFormat = namedFormat(text);
    offset += 8 + Math.ceil(length / 8) * 8;
  }
  return found;
}

/** A word that is no format names the driver below one: such an image is taken as it is. */
const namedFormat = (text: string): VolumeFormat =>
  volumeFormats.find((known) => known === text && known !== 'none') ?? 'raw';
