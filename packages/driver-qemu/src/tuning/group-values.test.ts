import type { CgroupMounts, Cgroups } from '@virtkit/host';
import { parseDomain } from '@virtkit/schema';
import { expect, test } from 'vitest';
import { bound, inEffect } from './group-values.js';
import { limits, UNLIMITED } from './limits.js';

/** Groups whose files are kept in memory. */
function groupsWith(mounts: CgroupMounts, files: Record<string, string>): Cgroups {
  const unused = (): Promise<void> => Promise.reject(new Error('not asked for'));
  return {
    mounts,
    make: unused,
    place: unused,
    remove: unused,
    read: (_path, _controller, file) => Promise.resolve(files[file]),
    write(_path, _controller, file, text) {
      files[file] = text;
      return Promise.resolve();
    },
  };
}
const v1: CgroupMounts = { version: 1, folders: new Map() };
const v2: CgroupMounts = { version: 2, folder: '/cg' };
const named = (wanted: string) => limits.find(({ name }) => name === wanted) ?? limits[0]!;

const tuned = parseDomain(`<domain type='qemu'><name>a</name><memory>1</memory><os><type>hvm</type></os>
  <blkiotune><weight>300</weight></blkiotune>
  <memtune><hard_limit unit='KiB'>4</hard_limit></memtune>
  <cputune><shares>100</shares><global_period>50000</global_period><global_quota>20000</global_quota></cputune></domain>`);

test('limits are written in the kernel’s units', async () => {
  const files: Record<string, string> = { 'blkio.bfq.weight': '100' };
  await bound(groupsWith(v1, files), '/g', tuned);
  expect(files).toEqual({
    'cpu.shares': '100',
    'cpu.cfs_period_us': '50000',
    'cpu.cfs_quota_us': '20000',
    'memory.limit_in_bytes': '4096',
    'blkio.bfq.weight': '300',
  });
});

test('of a file with several words only one changes', async () => {
  const files: Record<string, string> = { 'cpu.max': 'max 100000', 'io.weight': 'default 100' };
  await bound(groupsWith(v2, files), '/g', tuned);
  expect(files).toMatchObject({ 'cpu.max': '20000 50000', 'io.weight': 'default 300', 'memory.max': '4096' });
});

test.each([
  [v1, { 'memory.limit_in_bytes': '9223372036854771712' }, 'hard_limit', UNLIMITED],
  [v1, { 'memory.limit_in_bytes': '4096' }, 'hard_limit', 4n],
  [v2, { 'memory.max': 'max' }, 'hard_limit', UNLIMITED],
  [v1, { 'cpu.cfs_quota_us': '-1' }, 'global_quota', -1n],
  [v2, { 'cpu.max': 'max 100000' }, 'global_quota', -1n],
  [v2, { 'cpu.max': 'max 50000' }, 'global_period', 50_000n],
  [v1, {}, 'cpu_shares', 1024n],
  [v1, {}, 'vcpu_quota', -1n],
])('what holds is read from the group: %j %j', async (mounts, files, name, value) => {
  expect(await inEffect(groupsWith(mounts, files), '/g', named(name))).toBe(value);
});
