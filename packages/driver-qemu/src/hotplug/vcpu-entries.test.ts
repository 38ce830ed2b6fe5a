import { expect, test } from 'vitest';
import type { CpuSlot } from '../monitor/queries/vcpus.js';
import { vcpuEntries } from './vcpu-entries.js';

const slot = (path?: string, alias?: string): CpuSlot => ({
  type: 'cpu',
  vcpus: 1,
  props: {},
  ...(path !== undefined && { path }),
  ...(alias !== undefined && { alias }),
});

test('CPUs of the start stay; plugged ones can leave, in the order in which they came', () => {
  expect(vcpuEntries([slot('/a'), slot('/b', 'vcpu1'), slot()])).toEqual([
    { id: 0, enabled: true, hotpluggable: false, order: 1 },
    { id: 1, enabled: true, hotpluggable: true, order: 2 },
    { id: 2, enabled: false, hotpluggable: true },
  ]);
});

test('a CPU that leaves moves those that came after it up', () => {
  const before = [
    { id: 0, enabled: true, hotpluggable: false, order: 1 },
    { id: 1, enabled: true, hotpluggable: true, order: 3 },
    { id: 2, enabled: true, hotpluggable: true, order: 2 },
  ];
  const after = vcpuEntries([slot('/a'), slot('/b', 'vcpu1'), slot()], before);
  expect(after.map(({ order }) => order)).toEqual([1, 2, undefined]);
});
