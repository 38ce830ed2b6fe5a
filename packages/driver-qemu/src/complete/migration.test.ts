import { expect, test } from 'vitest';
import { definitionOf, guest } from '../../test/definition-of.js';
import { definitionForMigration } from './migration.js';

const serials = (count: number): string => '<serial/>'.repeat(count);

test('more serial ports than a PC has are kept here and go nowhere else', () => {
  const definition = definitionOf(guest('pc', serials(5)));
  expect(definition.devices.serials.map(({ target }) => target?.port)).toEqual([0, 1, 2, 3, 4]);
  expect(() => definitionForMigration(definition)).toThrow(/Maximum supported number of ISA serial ports is '4'/);
  expect(() => definitionForMigration(definitionOf(guest('pc', serials(4))))).not.toThrow();
});

test('controllers leave in the order of their numbers, and the definition keeps its own', () => {
  const ports = "<controller type='pci' model='pcie-root-port'/><controller type='pci' index='0' model='pcie-root'/>";
  const definition = definitionOf(guest('q35', ports));
  const models = ({ devices }: typeof definition): unknown[] =>
    devices.controllers.filter(({ type }) => type === 'pci').map(({ model }) => model);
  const before = models(definition);
  expect(before[0]).toBe('pcie-root-port');
  expect(models(definitionForMigration(definition))[0]).toBe('pcie-root');
  expect(models(definition)).toEqual(before);
});

test('sound that a guest with such displays has anyway is left out, other sound is not', () => {
  const plain = definitionOf(guest('pc', ''));
  expect(plain.devices.audios).toHaveLength(1);
  expect(definitionForMigration(plain).devices.audios).toHaveLength(0);
  const own = definitionOf(guest('pc', "<audio id='1' type='none' timerPeriod='50'/>"));
  expect(definitionForMigration(own).devices.audios).toHaveLength(1);
});
