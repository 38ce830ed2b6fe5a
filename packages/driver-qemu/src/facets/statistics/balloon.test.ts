import { expect, test } from 'vitest';
import { bulkBalloon, memoryStatistics, readBalloonStatistics } from './balloon.js';

const answer = {
  'last-update': 7,
  stats: {
    'stat-free-memory': 2048,
    'stat-major-faults': 3,
    'stat-swap-in': -1,
    'stat-disk-caches': 1024,
    'stat-htlb-pgfail': 1.8446744073709552e19,
  },
};

test('bytes become KiB, counters stay, unknown values are left out', () => {
  const { values, lastUpdate } = readBalloonStatistics(answer);
  expect(lastUpdate).toBe(7n);
  expect(Object.fromEntries(values)).toEqual({ unused: 2n, majorFault: 3n, diskCaches: 1n });
});

test('statistics come in the order virsh prints them', () => {
  const balloon = readBalloonStatistics(answer);
  expect(memoryStatistics(100, balloon, 9n)).toEqual([
    { tag: 6, value: 100n },
    { tag: 2, value: 3n },
    { tag: 4, value: 2n },
    { tag: 9, value: 7n },
    { tag: 10, value: 1n },
    { tag: 7, value: 9n },
  ]);
  expect([...bulkBalloon(balloon)].map(([name]) => name)).toEqual([
    'major_fault',
    'unused',
    'last-update',
    'disk_caches',
  ]);
});

test('without a balloon only what is known anyway is told', () => {
  expect(memoryStatistics(100, undefined, undefined)).toEqual([{ tag: 6, value: 100n }]);
});
