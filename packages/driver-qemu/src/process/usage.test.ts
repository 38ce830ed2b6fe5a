import { expect, test } from 'vitest';
import { processUsage, readCpuList, threadUsage, ticksToNs } from './usage.js';

test('CPU lists with ranges and holes', () => {
  expect(readCpuList('0-1,3')).toEqual([true, true, false, true]);
  expect(readCpuList('')).toEqual([]);
});

test('ticks are hundredths of a second', () => {
  expect(ticksToNs(123n)).toBe(1_230_000_000n);
});

test('our own process has a size, a time and threads', async () => {
  const usage = await processUsage(process.pid);
  expect(usage?.residentKiB).toBeGreaterThan(10_000n);
  expect((await threadUsage(process.pid, process.pid))?.affinity.some(Boolean)).toBe(true);
});

test('a process that is gone has no usage', async () => {
  expect(await processUsage(2 ** 22)).toBeUndefined();
});
