import { expect, test } from 'vitest';
import { firstRepeated } from './repeated.js';

test('the first value that comes again is found', () => {
  expect(firstRepeated(['a', 'b', 'c', 'b', 'a'])).toBe('b');
  expect(firstRepeated(['a', 'b'])).toBeUndefined();
});

test('long lists take no longer than their length', () => {
  const before = process.cpuUsage();
  expect(firstRepeated(Array.from({ length: 200_000 }, (_, i) => `n${i}`))).toBeUndefined();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});
