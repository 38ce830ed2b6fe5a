import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admin,
  type AnyType,
  type Codec,
  lxc,
  type Program,
  qemu,
  remote,
  type Shape,
  XdrError,
  XdrReader,
  XdrWriter,
} from '../src/index.js';
import { rowsOf } from './reference.js';
import { wireBytes, word } from './wire-bytes.js';

const programs: readonly Program[] = [remote, qemu, lxc, admin];
const types = programs.flatMap((program) =>
  rowsOf(program).flatMap(([name, row]): (readonly [string, AnyType])[] =>
    row.kind === 'event'
      ? [[`${name} message`, row.message]]
      : [
          [`${name} args`, row.args],
          [`${name} ret`, row.ret],
        ],
  ),
);

const codecOf = (type: AnyType): Codec<unknown, unknown> => type.codec() as Codec<unknown, unknown>;

function encoded(type: AnyType, value: unknown): Buffer {
  const writer = new XdrWriter(16);
  codecOf(type).write(writer, value);
  return writer.copy();
}

/** Decodes; any error but the codec's own is let through. */
function attempt(type: AnyType, bytes: Buffer): 'decoded' | 'refused' {
  try {
    codecOf(type).read(new XdrReader(bytes));
    return 'decoded';
  } catch (error) {
    if (error instanceof XdrError) return 'refused';
    throw error;
  }
}

describe('codecs of every row', () => {
  it('decode random values and encode them back to the same bytes', () => {
    for (const [name, type] of types) {
      fc.assert(
        fc.property(wireBytes(type.shape), (bytes) => {
          const reader = new XdrReader(bytes);
          const value = codecOf(type).read(reader);
          expect([name, reader.remaining]).toEqual([name, 0]);
          expect([name, encoded(type, value)]).toEqual([name, bytes]);
        }),
        { numRuns: 12 },
      );
    }
  });

  it('refuse every truncation of a value, and ignore what follows it', () => {
    for (const [name, type] of types) {
      const [bytes] = fc.sample(wireBytes(type.shape), { numRuns: 1, seed: 7 });
      if (bytes === undefined) continue;
      for (let cut = 0; cut < bytes.length; cut += 3) {
        expect([name, cut, attempt(type, bytes.subarray(0, cut))]).toEqual([name, cut, 'refused']);
      }
      expect([name, attempt(type, Buffer.concat([bytes, Buffer.alloc(5)]))]).toEqual([name, 'decoded']);
    }
  });

  it('throw nothing but XdrError on random bytes and on damaged values', () => {
    for (const [, type] of types) {
      const damaged = fc
        .tuple(wireBytes(type.shape), fc.nat(), fc.uint8Array({ minLength: 4, maxLength: 4 }))
        .map(([bytes, at, patch]) => {
          const copy = Buffer.from(bytes);
          if (copy.length >= 4) copy.set(patch, (at % (copy.length / 4)) & ~3);
          return copy;
        });
      const random = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
      fc.assert(
        fc.property(fc.oneof(damaged, random), (bytes) => {
          attempt(type, bytes);
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe('limits', () => {
  const limited = types.flatMap(([name, type]) => limitedPaths(type.shape).map((path) => ({ name, type, ...path })));

  it(`are held when decoding: one element or byte too many is refused, all ${limited.length} of them`, () => {
    for (const { name, type, before, max } of limited) {
      for (const count of [max + 1, 0x7fff_ffff, 0xffff_ffff]) {
        expect([name, attempt(type, Buffer.concat([...before, word(count), Buffer.alloc(64)]))]).toEqual([
          name,
          'refused',
        ]);
      }
    }
  });

  it('are held before anything is allocated for what was announced', () => {
    for (const { name, type, before, max } of limited) {
      expect([name, attempt(type, Buffer.concat([...before, word(max), Buffer.alloc(8)]))]).toEqual([
        name,
        max * 4 <= 8 ? 'decoded' : 'refused',
      ]);
    }
  });
});

/** Where a limited count stands: the bytes before it, all of them the smallest possible value. */
function limitedPaths(shape: Shape, before: readonly Buffer[] = []): { before: readonly Buffer[]; max: number }[] {
  if (shape.kind === 'string' || shape.kind === 'opaque') return 'max' in shape ? [{ before, max: shape.max }] : [];
  if (shape.kind === 'optional') return limitedPaths(shape.of, [...before, word(1)]);
  if (shape.kind === 'array') {
    return 'max' in shape ? [{ before, max: shape.max }, ...limitedPaths(shape.of, [...before, word(1)])] : [];
  }
  if (shape.kind !== 'struct') return [];
  const paths: { before: readonly Buffer[]; max: number }[] = [];
  let so = before;
  for (const [, field] of shape.fields) {
    paths.push(...limitedPaths(field, so));
    so = [...so, smallest(field)];
  }
  return paths;
}

function smallest(shape: Shape): Buffer {
  if (shape.kind === 'struct') return Buffer.concat(shape.fields.map(([, field]) => smallest(field)));
  if (shape.kind === 'union') return Buffer.concat([word(1), word(0)]);
  if (shape.kind === 'array' && 'size' in shape) return Buffer.alloc(4 * shape.size);
  if (shape.kind === 'opaque' && 'size' in shape) return Buffer.alloc(shape.size);
  return Buffer.alloc(shape.kind.endsWith('hyper') || shape.kind === 'double' ? 8 : 4);
}
