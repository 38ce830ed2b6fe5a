import { expect, test } from 'vitest';
import { shares } from './cpu-statistics.js';

const figures = (user: bigint, system: bigint, idle: bigint, iowait: bigint) =>
  new Map(Object.entries({ user, system, idle, iowait }));

test('shares are of the time between two looks', () => {
  expect(shares(figures(10n, 10n, 100n, 0n), figures(20n, 15n, 180n, 5n))).toEqual({
    usage: 15,
    user: 10,
    system: 5,
    idle: 80,
    iowait: 5,
  });
});

test('no time at all is none of it', () => {
  expect(shares(figures(1n, 1n, 1n, 1n), figures(1n, 1n, 1n, 1n)).usage).toBe(0);
});
