/** What a new, empty qcow2 image looks like. */
export interface Qcow2Layout {
  /** Bytes; rounded up to whole sectors. */
  readonly capacity: bigint;
  readonly compat: '0.10' | '1.1';
  /** Bytes, a power of two from 64 KiB (the default) to 2 MiB. */
  readonly clusterSize?: number;
  readonly lazyRefcounts?: boolean;
  readonly backing?: { readonly path: string; readonly format: string };
}

const sector = 512n;
const defaultCluster = 65_536;
const longestName = 1023;

/**
 * All bytes of an empty image, equal to those of `qemu-img create -f qcow2`: header, one refcount table, one refcount
 * block, an empty L1 table. Undefined where the layout asks for more than that.
 */
export function qcow2Header(layout: Qcow2Layout): Uint8Array | undefined {
  const cluster = layout.clusterSize ?? defaultCluster;
  const bits = Math.log2(cluster);
  if (!Number.isInteger(bits) || bits < 16 || bits > 21) return undefined;
  const size = ((layout.capacity + sector - 1n) / sector) * sector;
  const perL1Entry = BigInt(cluster) * BigInt(cluster / 8);
  const l1Entries = Number((size + perL1Entry - 1n) / perL1Entry);
  const clusters = 4;
  if (l1Entries === 0 || l1Entries * 8 > cluster || !fits(layout.backing?.path)) return undefined;
  const image = new Image(3 * cluster + l1Entries * 8);
  image.header({ layout, size, bits, cluster, l1Entries });
  image.u64(cluster, BigInt(2 * cluster));
  for (let index = 0; index < clusters; index += 1) image.u16(2 * cluster + index * 2, 1);
  return image.bytes;
}

const fits = (name: string | undefined): boolean => Buffer.byteLength(name ?? '') <= longestName;

interface HeaderFacts {
  readonly layout: Qcow2Layout;
  readonly size: bigint;
  readonly bits: number;
  readonly cluster: number;
  readonly l1Entries: number;
}
const extension = { end: 0, backingFormat: 0xe2792aca, featureNames: 0x6803f857 };
const headerLength = { v2: 72, v3: 112 };

class Image {
  readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }

  u16(at: number, value: number): void {
    this.view.setUint16(at, value);
  }
  u32(at: number, value: number): void {
    this.view.setUint32(at, value);
  }
  u64(at: number, value: bigint): void {
    this.view.setBigUint64(at, value);
  }

  header({ layout, size, bits, cluster, l1Entries }: HeaderFacts): void {
    const modern = layout.compat === '1.1';
    this.u32(0, 0x514649fb);
    this.u32(4, modern ? 3 : 2);
    this.u32(20, bits);
    this.u64(24, size);
    this.u32(36, l1Entries);
    this.u64(40, BigInt(3 * cluster));
    this.u64(48, BigInt(cluster));
    this.u32(56, 1);
    if (modern) this.modernFields(layout);
    this.extensions(layout, modern ? headerLength.v3 : headerLength.v2);
  }

  private modernFields(layout: Qcow2Layout): void {
    if (layout.lazyRefcounts === true) this.u64(80, 1n);
    this.u32(96, 4);
    this.u32(100, headerLength.v3);
  }

  private extensions({ backing, compat }: Qcow2Layout, start: number): void {
    let at = start;
    if (backing !== undefined) at = this.extension(at, extension.backingFormat, Buffer.from(backing.format));
    if (compat === '1.1') at = this.extension(at, extension.featureNames, featureNames());
    at = this.extension(at, extension.end, new Uint8Array());
    if (backing === undefined) return;
    const name = Buffer.from(backing.path);
    this.bytes.set(name, at);
    this.u64(8, BigInt(at));
    this.u32(16, name.length);
  }

  private extension(at: number, magic: number, data: Uint8Array): number {
    this.u32(at, magic);
    this.u32(at + 4, data.length);
    this.bytes.set(data, at + 8);
    return at + 8 + Math.ceil(data.length / 8) * 8;
  }
}

const features: readonly (readonly [type: number, bit: number, name: string])[] = [
  [0, 0, 'dirty bit'],
  [0, 1, 'corrupt bit'],
  [0, 2, 'external data file'],
  [0, 3, 'compression type'],
  [0, 4, 'extended L2 entries'],
  [1, 0, 'lazy refcounts'],
  [2, 0, 'bitmaps'],
  [2, 1, 'raw external data'],
];
const featureLength = 48;

function featureNames(): Uint8Array {
  const table = new Uint8Array(features.length * featureLength);
  for (const [index, [type, bit, name]] of features.entries()) {
    const at = index * featureLength;
    table.set([type, bit, ...Buffer.from(name)], at);
  }
  return table;
}
