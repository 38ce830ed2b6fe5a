import { describe, expect, it } from 'vitest';
import { asJson, pairs, table } from './output.js';

describe('table', () => {
  it('lays out as virsh does: columns three apart, a rule as wide as all columns, an empty line at the end', () => {
    const { text } = table(['Id', 'Name', 'State'], [[1, 'test', 'running']]);
    expect(text).toBe(' Id   Name   State\n----------------------\n 1    test   running\n');
  });

  it('gives programs one object per row', () => {
    expect(table(['Id', 'Managed save'], [['-', 'yes']]).data).toEqual([{ id: '-', managed_save: 'yes' }]);
  });
});

describe('pairs', () => {
  it('begins the values in one column', () => {
    expect(
      pairs([
        ['Id', 1],
        ['Max memory', '64 KiB'],
      ]).text,
    ).toBe('Id:             1\nMax memory:     64 KiB\n');
  });
});

describe('asJson', () => {
  it('writes 64-bit values as numbers where they are exact and as text beyond', () => {
    expect(JSON.parse(asJson({ small: 5n, large: 2n ** 63n }))).toEqual({ small: 5, large: '9223372036854775808' });
  });
});
