import { expect, test } from 'vitest';
import type { CpuSlot } from '../monitor/queries/vcpus.js';
import { stepsTo } from './vcpus.js';

const slot = (state: 'boot' | 'plugged' | 'empty', vcpus = 1, number = 0): CpuSlot => ({
  type: 'cpu',
  vcpus,
  props: {},
  ...(state === 'empty' ? {} : { path: '/machine/x' }),
  ...(state === 'plugged' ? { alias: `vcpu${number}` } : {}),
});

test('empty places are filled from the first on', () => {
  const steps = stepsTo([slot('boot'), slot('empty'), slot('empty')], 2);
  expect(steps?.add.map(({ number }) => number)).toEqual([1]);
});

test('CPUs are taken from the last on, and only those that were plugged in', () => {
  expect(stepsTo([slot('boot'), slot('plugged', 1, 1), slot('plugged', 1, 2)], 2)?.remove).toEqual(['vcpu2']);
  expect(stepsTo([slot('boot'), slot('boot')], 1)).toBeUndefined();
});

test('a count between whole cores cannot be met', () => {
  expect(stepsTo([slot('boot', 2), slot('empty', 2)], 3)).toBeUndefined();
  expect(stepsTo([slot('boot', 2), slot('empty', 2)], 4)?.add).toHaveLength(1);
});
