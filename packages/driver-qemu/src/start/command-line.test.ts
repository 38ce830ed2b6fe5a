import { expect, test } from 'vitest';
import { tapProperties } from './command-line.js';

const tap = { alias: 'net0', name: 'vnet7', mac: '', queues: 1, bridge: undefined, port: undefined };

test('a tap without descriptor is opened by its name', () => {
  expect(tapProperties({ type: 'tap', id: 'hostnet0' }, [tap])).toEqual({
    type: 'tap',
    ifname: 'vnet7',
    script: 'no',
    downscript: 'no',
    id: 'hostnet0',
  });
  expect(tapProperties({ type: 'tap', id: 'hostnet0' }, [{ ...tap, queues: 4 }])['queues']).toBe(4);
});

test('one with a descriptor, and anything else, stays as it is', () => {
  const passed = { type: 'tap', fd: '5', id: 'hostnet0' };
  const user = { type: 'user', id: 'hostnet0' };
  expect(tapProperties(passed, [tap])).toBe(passed);
  expect(tapProperties(user, [tap])).toBe(user);
});
