import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { charText, fixedCharText, string, uuid } from './bytes.js';
import { array, optional, struct } from './composites.js';
import { XdrReader } from './reader.js';
import { char, hyper, int, uint, unsignedHyper, unsignedShort } from './scalars.js';
import type { XdrType } from './type.js';
import { typedParameter } from './typed-parameters.js';
import { XdrWriter } from './writer.js';
import { XdrError } from './xdr-error.js';

function write<In>(type: XdrType<unknown, In>, value: In): Buffer {
  const writer = new XdrWriter(1);
  type.codec().write(writer, value);
  return writer.copy();
}
const read = <Out>(type: XdrType<Out, never>, hex: string): Out =>
  type.codec().read(new XdrReader(Buffer.from(hex.replaceAll(' ', ''), 'hex')));

describe('encoding', () => {
  it('takes 64-bit values as numbers and as bigint', () => {
    expect(write(unsignedHyper, 2 ** 40 + 1).toString('hex')).toBe('0000010000000001');
    expect(write(hyper, -2).toString('hex')).toBe('fffffffffffffffe');
    expect(write(unsignedHyper, 2n ** 64n - 1n).toString('hex')).toBe('ffffffffffffffff');
  });

  it.each<[string, () => Buffer]>([
    ['an int of 2^31', () => write(int, 2 ** 31)],
    ['an int of 1.5', () => write(int, 1.5)],
    ['a negative unsigned int', () => write(uint, -1)],
    ['a negative unsigned hyper', () => write(unsignedHyper, -1)],
    ['an unsigned hyper of 2^64', () => write(unsignedHyper, 2n ** 64n)],
    ['a number from 2^53 on', () => write(hyper, 2 ** 53)],
    ['a short that is too large', () => write(unsignedShort, 65_536)],
    ['a string over its limit', () => write(string(3), 'four')],
    ['a string over its limit in bytes alone', () => write(string(3), 'öö')],
    ['an array over its limit', () => write(array(int, 1), [1, 2])],
    ['a malformed uuid', () => write(uuid, 'not a uuid')],
    ['a uuid with a wrong digit', () => write(uuid, 'dd3a4c9d-0000-4000-8000-00000000000g')],
    ['a uuid without hyphens where they belong', () => write(uuid, 'dd3a4c9d00000-4000-8000-000000000001')],
  ])('refuses %s', (_what, attempt) => {
    expect(attempt).toThrow(XdrError);
  });

  it('cuts fixed text to its size and counts the NUL of counted text', () => {
    expect(write(fixedCharText(3), 'abcdef').toString('hex')).toBe('000000610000006200000000');
    expect(write(charText(2), 'a').toString('hex')).toBe('000000020000006100000000');
    expect(() => write(charText(1), 'a')).toThrow(XdrError);
  });

  it('leaves optional fields of a struct out', () => {
    const type = struct({ name: optional(string(9)), flags: uint });
    expect(write(type, { flags: 1 }).toString('hex')).toBe('0000000000000001');
  });
});

describe('decoding is as lenient as libvirt', () => {
  it('takes any non-zero word as "present"', () => {
    expect(read(optional(int), '01000000 00000007')).toBe(7);
  });

  it('ignores the contents of padding and what follows the value', () => {
    expect(read(string(9), '00000001 61ffffff deadbeef')).toBe('a');
  });

  it('ends strings at their first NUL', () => {
    expect(read(string(9), '00000003 61006200')).toBe('a');
  });

  it('keeps the low bits of narrow integers', () => {
    expect([read(char, '000001ff'), read(unsignedShort, '00020003')]).toEqual([-1, 3]);
  });
});

describe('typed parameters', () => {
  const type = typedParameter(100);

  it('are objects with a name, a type and a value', () => {
    expect(read(type, '00000001 61000000 00000004 ffffffffffffffff')).toEqual({
      field: 'a',
      type: 'ullong',
      value: 2n ** 64n - 1n,
    });
    expect(read(type, '00000001 61000000 00000006 00000009')).toEqual({ field: 'a', type: 'boolean', value: true });
    expect(write(type, { field: 'a', type: 'llong', value: 5 }).toString('hex')).toBe(
      '000000016100000000000003' + '0000000000000005',
    );
  });

  it('of a type nobody knows are refused', () => {
    expect(() => read(type, '00000001 61000000 00000009 00000000')).toThrow(XdrError);
  });
});
