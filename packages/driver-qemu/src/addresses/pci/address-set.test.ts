import { expect, test } from 'vitest';
import { PciAddressSet, PciBus } from './address-set.js';
import type { PciBusModel } from './bus-models.js';
import { integratedPlug, pciePlug, pciPlug } from './connect-flags.js';

function setOf(grows: boolean, ...models: readonly PciBusModel[]): PciAddressSet {
  const set = new PciAddressSet({ grows, pcieToPciBridge: false });
  for (const model of models) set.buses.push(new PciBus(model));
  return set;
}

const at = (bus: number, slot: number, fn = 0) => ({ domain: 0, bus, slot, function: fn });

test('the first free slot is taken', () => {
  const set = setOf(false, 'pci-root');
  set.reserve(at(0, 1), pciPlug);
  expect(set.reserveNext(pciPlug)).toEqual(at(0, 2));
});

test('a place is given once', () => {
  const set = setOf(false, 'pci-root');
  set.reserve(at(0, 3), pciPlug);
  expect(() => set.reserve(at(0, 3), pciPlug)).toThrow('Attempted double use of PCI Address 0000:00:03.0');
});

test('functions of one slot are places of their own', () => {
  const set = setOf(false, 'pci-root');
  set.reserve(at(0, 3, 0), pciPlug);
  expect(() => set.reserve(at(0, 3, 1), pciPlug)).not.toThrow();
});

test('nothing is placed on a bus that no controller makes', () => {
  expect(() => setOf(false, 'pci-root').reserve(at(1, 1), pciPlug)).toThrow('Only PCI buses up to 0 are available');
});

test('a full bus ends the search', () => {
  const set = setOf(false, 'pcie-root-port');
  set.reserveNext(pciePlug);
  expect(() => set.reserveNext(pciePlug)).toThrow('No more available PCI slots');
});

test('a set that grows adds a port for an Express device', () => {
  const set = setOf(true, 'pcie-root');
  expect(set.reserveNext(pciePlug)).toEqual(at(1, 0));
  expect(set.buses[1]?.model).toBe('pcie-root-port');
});

test('a set that grows adds a bridge for a conventional device', () => {
  const set = setOf(true, 'pci-root');
  for (let count = 0; count < 31; count += 1) set.reserveNext(pciPlug);
  expect(set.reserveNext(pciPlug)).toEqual(at(1, 1));
  expect(set.buses[1]?.model).toBe('pci-bridge');
});

test('parts of the machine stay on its root', () => {
  const set = setOf(false, 'pcie-root', 'pcie-root-port');
  expect(set.reserveNext(integratedPlug)).toEqual(at(0, 1));
  expect(() => set.reserve(at(1, 0), integratedPlug)).toThrow('needs to be an integrated device (bus=0)');
});

test('more buses than an address can name are refused', () => {
  const set = setOf(true, 'pci-root');
  const placeMany = (): void => {
    for (let i = 0; i < 10_000; i += 1) set.reserveNext(pciPlug);
  };
  expect(placeMany).toThrow("a PCI slot is needed to connect a PCI controller model='pci-bridge'");
  expect(set.buses.length).toBe(256);
});
