import { describe, expect, it } from 'vitest';
import { bytesOf, readable } from './scaled.js';
import { UsageError } from './usage-error.js';

describe('bytesOf', () => {
  it.each([
    ['4096', 4096n],
    ['1k', 1024n],
    ['1KiB', 1024n],
    ['1KB', 1000n],
    ['10 G', 10n * 1024n ** 3n],
    ['7bytes', 7n],
    ['8E', 8n * 1024n ** 6n],
  ])('reads %s', (words, bytes) => {
    expect(bytesOf('size', words)).toBe(bytes);
  });

  it('counts a bare number in the unit of the option', () => {
    expect(bytesOf('size', '2', 1024n)).toBe(2048n);
  });

  it.each(['', '-1', '1X', 'k', '1.5G'])('refuses %j', (words) => {
    expect(() => bytesOf('size', words)).toThrow(UsageError);
  });
});

describe('readable', () => {
  it('takes the largest unit that leaves at least one', () => {
    expect([readable(0n), readable(1023n), readable(1024n), readable(107_374_182_400n)]).toEqual([
      '0.00 B',
      '1023.00 B',
      '1.00 KiB',
      '100.00 GiB',
    ]);
  });
});
