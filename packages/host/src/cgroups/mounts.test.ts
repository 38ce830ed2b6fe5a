import { expect, test } from 'vitest';
import { parseCgroupMounts } from './mounts.js';

const v1 = (folder: string, options: string): string =>
  `31 30 0:27 / ${folder} rw,relatime - cgroup cgroup rw,${options}`;
const v2 = '42 30 0:38 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate';
const other = '25 1 254:0 / / rw,relatime - ext4 /dev/root rw';

test('controllers of version 1 are found where they are mounted, alone or together', () => {
  const text = [other, v1('/cg/cpu', 'cpu,cpuacct'), v1('/cg/memory', 'memory'), v1('/cg/pids', 'pids'), v2].join('\n');
  expect(parseCgroupMounts(text)).toEqual({
    version: 1,
    folders: new Map([
      ['cpu', '/cg/cpu'],
      ['cpuacct', '/cg/cpu'],
      ['memory', '/cg/memory'],
    ]),
  });
});

test('the tree of version 2 counts where no such controller is mounted', () => {
  expect(parseCgroupMounts([other, v1('/cg/systemd', 'name=systemd'), v2].join('\n'))).toEqual({
    version: 2,
    folder: '/sys/fs/cgroup/unified',
  });
});

test('blanks in a path are the octal numbers of the kernel', () => {
  const mounts = parseCgroupMounts(v1(String.raw`/my\040groups`, 'cpuset'));
  expect(mounts).toEqual({ version: 1, folders: new Map([['cpuset', '/my groups']]) });
});

test('a later mount hides an earlier one', () => {
  const mounts = parseCgroupMounts([v1('/old', 'memory'), v1('/new', 'memory')].join('\n'));
  expect(mounts).toEqual({ version: 1, folders: new Map([['memory', '/new']]) });
});

test('a mount that is covered does not count', () => {
  const text = [v1('/covered', 'memory'), v1('/seen', 'cpu')].join('\n');
  expect(parseCgroupMounts(text, (folder) => folder === '/seen')).toEqual({
    version: 1,
    folders: new Map([['cpu', '/seen']]),
  });
});

test('a host without groups has none', () => {
  expect(parseCgroupMounts(other)).toBeUndefined();
});
