import { expect, test } from 'vitest';
import { processUsage, threadUsage } from './usage.js';

test('our own process has a size, a time and threads', async () => {
  const usage = await processUsage(process.pid);
  expect(usage?.residentKiB).toBeGreaterThan(10_000n);
  const { user } = process.cpuUsage();
  expect(Math.abs(Number(usage?.userNs) / 1_000 - user)).toBeLessThan(50_000);
  expect((await threadUsage(process.pid, process.pid))?.affinity.some(Boolean)).toBe(true);
});

test('a process that is gone has no usage', async () => {
  expect(await processUsage(2 ** 22)).toBeUndefined();
});
