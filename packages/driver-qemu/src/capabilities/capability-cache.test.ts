import { silentLogger } from '@virtkit/core/testing';
import { HostFiles } from '@virtkit/host';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CapabilityCache } from './capability-cache.js';
import { ProbeRecord } from './probe-replies.js';

let directory: string;
let emulator: string;
let probes: number;
let kvm: boolean;
let now: number;
const warnings: string[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtkit-caps-'));
  emulator = join(directory, 'qemu');
  await writeFile(emulator, 'binary');
  [probes, kvm, now] = [0, false, 0];
  warnings.length = 0;
});
afterEach(() => rm(directory, { recursive: true }));

const cache = (fail = false): CapabilityCache =>
  new CapabilityCache({
    directory: join(directory, 'cache'),
    conditions: async () => ({ kvm }),
    now: () => now,
    files: new HostFiles(),
    logger: { ...silentLogger, warning: (message) => void warnings.push(message) },
    probe: async (path) => {
      probes += 1;
      if (fail) throw new Error('it does not start'); // a fault from outside
      const first = new ProbeRecord();
      first.add({ execute: 'query-target' }, { arch: 'x86_64' });
      first.add({ execute: 'query-version' }, { qemu: { major: 7, minor: 2, micro: 1 }, package: '' });
      return { emulator: path, first };
    },
  });

test('callers at the same time share one probe', async () => {
  const one = cache();
  const [a, b] = await Promise.all([one.of(emulator), one.of(emulator)]);
  expect(a).toBe(b);
  expect(probes).toBe(1);
  expect(a.version).toBe(7_002_001);
});

test('a later process reads what an earlier one found', async () => {
  const before = await cache().of(emulator);
  expect(await cache().of(emulator)).toEqual(before);
  expect(probes).toBe(1);
});

test('another binary in the same place, or other rights, are asked again', async () => {
  const one = cache();
  await one.of(emulator);
  await utimes(emulator, 1, 1);
  now += 250;
  await one.of(emulator);
  kvm = true;
  now += 250;
  await one.of(emulator);
  expect(probes).toBe(3);
});

test('a binary that was just looked at is not looked at again', async () => {
  const one = cache();
  await one.of(emulator);
  await utimes(emulator, 1, 1);
  now += 249;
  await one.of(emulator);
  expect(probes).toBe(1);
});

test('what cannot be kept on disk is answered all the same, and told', async () => {
  await writeFile(join(directory, 'cache'), 'no folder');
  expect((await cache().of(emulator)).version).toBe(7_002_001);
  expect(warnings).toEqual(['capabilities of an emulator cannot be kept: the next start asks it again']);
});

test('a failed probe is not remembered', async () => {
  const one = cache(true);
  await expect(one.of(emulator)).rejects.toThrow('it does not start');
  await expect(one.of(emulator)).rejects.toThrow('it does not start');
  expect(probes).toBe(2);
});
