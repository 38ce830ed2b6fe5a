import { expect, test } from 'vitest';
import { qnumOf } from './key-codes.js';

test.each([
  ['linux enter', 0, 28, 28],
  ['linux delete', 0, 111, 0xd3],
  ['linux right alt', 0, 100, 0xb8],
  ['usb a', 7, 4, 30],
  ['usb left control', 7, 224, 29],
  ['usb keypad enter', 7, 88, 0x9c],
  ['xt extended', 1, 0xe01c, 0x9c],
  ['qnum', 9, 0xdb, 0xdb],
])('%s', (_what, codeset, key, expected) => {
  expect(qnumOf(codeset, key)).toBe(expected);
});

test('what has no number is refused with its set', () => {
  expect(() => qnumOf(0, 60000)).toThrow('cannot translate keycode 60000 of linux codeset to qnum keycode');
  expect(() => qnumOf(99, 1)).toThrow('Unsupported codeset: 99');
});
