import { statisticsFlags } from '@virtkit/protocol';
import { expect, test } from 'vitest';
import { Values } from './command.js';
import { exclusive, needs } from './exclusive.js';
import { flagSet, joined } from './flag-set.js';

const given = (...names: readonly string[]): Values => new Values(new Map(names.map((name) => [name, true])));
const set = flagSet(statisticsFlags, [
  ['list-active', 'active', 'active ones'],
  ['enforce', 'enforce', 'or fail'],
]);

test('options are the flags of a call by their names', () => {
  expect(set.options.map(({ name }) => name)).toEqual(['list-active', 'enforce']);
  expect(set.bits(given())).toBe(0);
  expect(set.bits(given('list-active', 'enforce', 'other'))).toBe(0x8000_0001);
  expect(joined(0x8000_0000, 2)).toBe(0x8000_0002);
});

test('options that exclude each other are named in the words of virsh', () => {
  expect(() => exclusive(given('current', 'live'), 'current', 'live')).toThrow(
    'Options --current and --live are mutually exclusive',
  );
  expect(() => exclusive(given('live'), 'current', 'live')).not.toThrow();
  expect(() => needs(given('maximum'), 'maximum', 'config')).toThrow('Option --config is required by option --maximum');
  expect(() => needs(given('maximum', 'config'), 'maximum', 'config')).not.toThrow();
});
