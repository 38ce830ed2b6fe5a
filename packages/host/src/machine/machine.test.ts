import { describe, expect, test } from 'vitest';
import { HostCommands } from '../commands/commands.js';
import { formatCpuList, parseCpuList } from './cpu-list.js';
import { recordedTree } from './file-tree.js';
import { Machine } from './machine.js';
import { freeMemory, memoryOfNodes } from './memory.js';
import { cpuCounts } from './node-info.js';
import { pageCounts, pageSizes } from './pages.js';

describe('the machine', () => {
  test('lists of processors are read and written in ranges', () => {
    expect(parseCpuList('0-2,5\n')).toEqual([0, 1, 2, 5]);
    expect(formatCpuList([5, 1, 0, 2])).toBe('0-2,5');
    expect(formatCpuList([])).toBe('');
  });

  test('this machine tells plausible facts', () => {
    const machine = new Machine(new HostCommands());
    const info = machine.info();
    expect(info.cpus).toBeGreaterThan(0);
    expect(info.nodes * info.sockets * info.cores * info.threads).toBeGreaterThanOrEqual(info.cpus);
    expect(info.memoryKiB).toBeGreaterThan(100_000);
    expect(machine.cpuMap().online.filter(Boolean)).toHaveLength(info.cpus);
    expect(machine.cpuStatistics().get('idle')).toBeGreaterThan(0n);
    expect(machine.memoryStatistics().get('total')).toBe(BigInt(info.memoryKiB));
    expect(() => machine.cpuStatistics(99_999)).toThrow('Invalid cpuNum');
  });

  const folder = 'node/node0/hugepages/hugepages-2048kB';
  const tree = recordedTree(
    {
      files: {
        'node/node0/meminfo': 'Node 0 MemTotal: 8192 kB\nNode 0 MemFree: 4096 kB\n',
        [`${folder}/nr_hugepages`]: '2\n',
        [`${folder}/free_hugepages`]: '1\n',
        'cpu/present': '0-3\n',
        'cpu/online': '0-2\n',
        'cpu/cpu0/online': '1\n',
        'cpu/cpu1/online': '1\n',
        'cpu/cpu2/online': '1\n',
        'cpu/cpu3/online': '0\n',
      },
      links: { 'node/node0/cpu0': '../../cpu/cpu0', 'node/node0/cpu1': '../../cpu/cpu1' },
      dirs: [],
    },
    '/sys/devices/system',
  );

  test('ordinary pages are what huge pages leave', () => {
    expect(pageSizes(tree, 0)).toEqual([4, 2048]);
    expect(pageCounts(tree, 0, 4)).toEqual({ total: 1024n, free: 1024n });
    expect(pageCounts(tree, 0, 2048)).toEqual({ total: 2n, free: 1n });
    expect(() => pageCounts(tree, 0, 1_048_576)).toThrow('page size 1048576 is not available on node 0');
  });

  test('memory is counted by node, as part of a machine may belong to none', () => {
    expect(memoryOfNodes(tree)).toBe(8192n);
    expect(freeMemory(tree)).toBe(4096n * 1024n);
  });

  test('an arrangement that does not fit becomes one socket', () => {
    expect(cpuCounts(tree, 'x86_64')).toMatchObject({ cpus: 2, nodes: 1, sockets: 1, cores: 2, threads: 1 });
  });
});
