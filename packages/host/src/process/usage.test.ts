import { expect, test } from 'vitest';
import { processUsage, threadUsage } from './usage.js';

/** The kernel tells the time of a process in hundredths of a second. */
const tickUs = 20_000;

test('our own process has a size, a time and threads', async () => {
  const before = process.cpuUsage().user;
  const usage = await processUsage(process.pid);
  expect(usage?.residentKiB).toBeGreaterThan(10_000n);
  const user = Number(usage?.userNs) / 1_000;
  expect(user).toBeGreaterThan(before - tickUs);
  expect(user).toBeLessThan(process.cpuUsage().user + tickUs);
  expect((await threadUsage(process.pid, process.pid))?.affinity.some(Boolean)).toBe(true);
});

test('a process that is gone has no usage', async () => {
  expect(await processUsage(2 ** 22)).toBeUndefined();
});
