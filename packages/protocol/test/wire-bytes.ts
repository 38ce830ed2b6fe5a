import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import type { Shape } from '../src/index.js';

/** Canonical wire bytes of random values of a shape, written without the package's own codecs. */
export function wireBytes(shape: Shape): fc.Arbitrary<Buffer> {
  switch (shape.kind) {
    case 'string':
      return text.map((value) => counted(Buffer.from(value)));
    case 'opaque':
      return 'size' in shape
        ? fc.uint8Array({ minLength: shape.size, maxLength: shape.size }).map((value) => pad(Buffer.from(value)))
        : fc.uint8Array({ maxLength: Math.min(shape.max, 9) }).map((value) => counted(Buffer.from(value)));
    case 'array':
      return arrayBytes(shape);
    case 'optional':
      return fc
        .option(wireBytes(shape.of))
        .map((value) => (value === null ? word(0) : Buffer.concat([word(1), value])));
    case 'struct':
      return fc.tuple(...shape.fields.map(([, field]) => wireBytes(field))).map((parts) => Buffer.concat(parts));
    case 'union':
      return fc.oneof(
        ...shape.cases.map(([value, arm]) =>
          (value === BOOLEAN ? bit : wireBytes(arm)).map((body) => Buffer.concat([word(value), body])),
        ),
      );
    default:
      return scalarBytes(shape.kind);
  }
}

const BOOLEAN = 6;
const bit = fc.boolean().map((value) => word(value ? 1 : 0));
const text = fc
  .oneof(fc.string({ maxLength: 70 }), fc.string({ unit: 'binary', maxLength: 12 }))
  .map((value) => Buffer.from(value.replaceAll('\0', '')).toString());

function arrayBytes(shape: Shape & { kind: 'array' }): fc.Arbitrary<Buffer> {
  if (shape.of.kind === 'char') return charBytes('size' in shape ? shape.size : undefined);
  const max = 'max' in shape ? Math.min(shape.max, 4) : 0;
  return fc
    .array(wireBytes(shape.of), { maxLength: max })
    .map((parts) => Buffer.concat([word(parts.length), ...parts]));
}

/** Text that ends with a NUL; fixed sizes are filled up with them. */
function charBytes(size: number | undefined): fc.Arbitrary<Buffer> {
  const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).map((value) => Buffer.from(`${value}\0`));
  const wide = (bytes: Buffer): Buffer => Buffer.concat([...bytes].map(word));
  return ascii.map((bytes) =>
    size === undefined ? Buffer.concat([word(bytes.length), wide(bytes)]) : wide(Buffer.concat([bytes], size)),
  );
}

function scalarBytes(kind: string): fc.Arbitrary<Buffer> {
  if (kind === 'double') return fc.double({ noNaN: true }).map(doubleBytes);
  if (kind.endsWith('hyper')) return fc.uint8Array({ minLength: 8, maxLength: 8 }).map((value) => Buffer.from(value));
  const [min, max] = ranges[kind] ?? [0, 0xffff_ffff];
  return fc.integer({ min, max }).map((value) => word(value >>> 0));
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  char: [-128, 127],
  'unsigned char': [0, 255],
  'unsigned short': [0, 65_535],
};

export function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function doubleBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

const pad = (bytes: Buffer): Buffer => Buffer.concat([bytes], Math.ceil(bytes.length / 4) * 4);
const counted = (bytes: Buffer): Buffer => Buffer.concat([word(bytes.length), pad(bytes)]);
