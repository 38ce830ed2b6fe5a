import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { FakeGuest, fakeServices, runtimeOf } from '../testing/fake-services.js';
import { changeTargets, effectiveTarget } from './targets.js';

const signal = new AbortController().signal;
const active = () => new FakeGuest(definitionOf(''), runtimeOf());
const off = () => new FakeGuest(definitionOf(''), undefined);

test.each([
  ['neither, of an active guest', active(), {}, { live: true, config: false }],
  ['neither, of one that is off', off(), {}, { live: false, config: true }],
  ['both', active(), { live: true, config: true }, { live: true, config: true }],
])('%s', (_what, guest, target, expected) => {
  expect(effectiveTarget(fakeServices(guest).guest, target)).toEqual(expected);
});

test('the running definition of a guest that is off is refused', () => {
  expect(() => effectiveTarget(fakeServices(off()).guest, { live: true })).toThrow(
    'Requested operation is not valid: domain is not running',
  );
});

test('a change that throws leaves both definitions as they were', async () => {
  const fake = active();
  const { services, guest } = fakeServices(fake);
  const change = changeTargets(services, guest, { live: true, config: true }, { signal }, (definition, which) => {
    definition.title = 'new';
    if (which === 'config') throw new Error('no');
  });
  await expect(change).rejects.toThrow('no');
  expect([fake.live.title, fake.stored.title]).toEqual([undefined, undefined]);
});

test('both are changed as one', async () => {
  const fake = active();
  const { services, guest } = fakeServices(fake);
  await changeTargets(services, guest, { live: true, config: true }, { signal }, (definition) => {
    definition.title = 'new';
  });
  expect([fake.live.title, fake.stored.title]).toEqual(['new', 'new']);
});

test('where the live definition cannot be written, the persistent one stays as it was', async () => {
  const fake = active();
  const { services, guest } = fakeServices(fake);
  const full = { updateLive: () => Promise.reject(new Error('No space left on device')) };
  Object.assign(services.store, full);
  const change = changeTargets(services, guest, { live: true, config: true }, { signal }, (definition) => {
    definition.title = 'new';
  });
  await expect(change).rejects.toThrow('No space left');
  expect([fake.live.title, fake.stored.title]).toEqual([undefined, undefined]);
});
