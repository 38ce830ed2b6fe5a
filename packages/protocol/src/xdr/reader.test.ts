import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { XdrReader } from './reader.js';

/** A string as it stands on the wire. */
function wire(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
const read = (bytes: Buffer): string => new XdrReader(wire(bytes)).string(1000);

test('text arrives as it was, the replacement character included', () => {
  for (const text of ['', 'plain', 'größer', '\ufffd', '😀'.repeat(20)]) expect(read(Buffer.from(text))).toBe(text);
});

test('bytes that are no UTF-8 are nothing that a name or document could contain', () => {
  for (const bytes of [
    Buffer.from([0x61, 0xff]),
    Buffer.from([0xc3]),
    Buffer.concat([Buffer.alloc(40, 0x61), Buffer.from([0xfe])]),
  ]) {
    expect(read(bytes)).toMatch(/^a*\udcff$/);
  }
});

test('a string ends at its first NUL', () => {
  expect(read(Buffer.from('a\0b'))).toBe('a');
  expect(read(Buffer.from(`ä\0b`))).toBe('ä');
});
