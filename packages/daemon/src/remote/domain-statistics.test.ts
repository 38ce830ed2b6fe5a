import { expect, test } from 'vitest';
import { wireStatistics } from './domain-statistics.js';

const domain = { name: 'a', uuid: '00000000-0000-4000-8000-000000000001' };
const values = new Map([['state.state', 1]]);
const fields = (ageMs: number | undefined, waited: boolean): readonly string[] =>
  wireStatistics(ageMs === undefined ? { domain, values } : { domain, values, ageMs }, waited).params.map(
    ({ field }) => field,
  );

test('values of a guest that answered are libvirt`s alone', () => {
  expect(fields(undefined, true)).toEqual(['state.state']);
});

test('last known values of a guest that hangs carry their age', () => {
  expect(fields(1234.5, true)).toEqual(['state.state', 'virtkit.age']);
  const { params } = wireStatistics({ domain, values, ageMs: 1234.5 }, true);
  expect(params.at(-1)).toEqual({ field: 'virtkit.age', type: 'ullong', value: 1235n });
});

test('who does not want to wait is told libvirt`s values alone', () => {
  expect(fields(1234.5, false)).toEqual(['state.state']);
});
