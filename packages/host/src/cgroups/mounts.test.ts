import { expect, test } from 'vitest';
import type { Mount } from '../machine/mounts.js';
import { cgroupMounts } from './mounts.js';

const v1 = (target: string, ...options: readonly string[]): Mount => ({
  source: 'cgroup',
  target,
  type: 'cgroup',
  options: ['rw', ...options],
});
const v2: Mount = { source: 'cgroup2', target: '/sys/fs/cgroup/unified', type: 'cgroup2', options: ['rw'] };
const other: Mount = { source: '/dev/root', target: '/', type: 'ext4', options: ['rw'] };

test('controllers of version 1 are found where they are mounted, alone or together', () => {
  const mounts = [other, v1('/cg/cpu', 'cpu', 'cpuacct'), v1('/cg/memory', 'memory'), v1('/cg/pids', 'pids'), v2];
  expect(cgroupMounts(mounts)).toEqual({
    version: 1,
    folders: new Map([
      ['cpu', '/cg/cpu'],
      ['cpuacct', '/cg/cpu'],
      ['memory', '/cg/memory'],
    ]),
  });
});

test('the tree of version 2 counts where no such controller is mounted', () => {
  expect(cgroupMounts([other, v1('/cg/systemd', 'name=systemd'), v2])).toEqual({
    version: 2,
    folder: '/sys/fs/cgroup/unified',
  });
});

test('a later mount hides an earlier one', () => {
  const mounts = cgroupMounts([v1('/old', 'memory'), v1('/new', 'memory')]);
  expect(mounts).toEqual({ version: 1, folders: new Map([['memory', '/new']]) });
});

test('a host without groups has none', () => {
  expect(cgroupMounts([other])).toBeUndefined();
});
