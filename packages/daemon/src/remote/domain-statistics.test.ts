import type { DomainStatistics } from '@virtkit/core';
import { expect, test } from 'vitest';
import { wireStatistics } from './domain-statistics.js';

const guest: DomainStatistics = {
  domain: { name: 'a', uuid: '00000000-0000-4000-8000-000000000001' },
  values: new Map([['vcpu.current', 1]]),
};
const fields = (statistics: DomainStatistics, waited: boolean): readonly string[] =>
  wireStatistics(statistics, waited).params.map(({ field }) => field);

test('values of a guest that answered are libvirt`s alone', () => {
  expect(fields(guest, true)).toEqual(['vcpu.current']);
});

test('the state goes first, in numbers', () => {
  const { params } = wireStatistics({ ...guest, state: { state: 'shutoff', reason: 'from-snapshot' } }, true);
  expect(params).toEqual([
    { field: 'state.state', type: 'int', value: 5 },
    { field: 'state.reason', type: 'int', value: 7 },
    { field: 'vcpu.current', type: 'uint', value: 1 },
  ]);
});

test('last known values of a guest that hangs carry their age', () => {
  const { params } = wireStatistics({ ...guest, ageMs: 1234.5 }, true);
  expect(params.map(({ field }) => field)).toEqual(['vcpu.current', 'virtkit.age']);
  expect(params.at(-1)).toEqual({ field: 'virtkit.age', type: 'ullong', value: 1235n });
});

test('who does not want to wait is told libvirt`s values alone', () => {
  expect(fields({ ...guest, ageMs: 1234.5 }, false)).toEqual(['vcpu.current']);
});
