import type { Domain } from '@virtkit/schema';
import type { PciAddressSet } from './address-set.js';
import type { PciDevice } from './pci-devices.js';
import { isPlaced } from './placed.js';

/** Function 0 of a slot with several functions must say so, or guests do not look for the others. */
export function setMultifunction(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[]): void {
  const controllers = domain.devices.controllers.filter(({ type }) => type === 'pci');
  for (const { address } of [...controllers, ...devices.map(({ device }) => device)]) {
    if (!isPlaced(address) || address.function !== 0 || address.multifunction !== undefined) continue;
    const functions = set.buses[address.bus]?.slots.get(address.slot)?.functions ?? 0;
    if (functions > 1) address.multifunction = true;
  }
}
