import type { Controller, Domain } from '@virtkit/schema';
import type { PciAddressSet } from './address-set.js';
import { pciPlug } from './connect-flags.js';
import { isPlaced, isUnplaced } from './placed.js';

/** The controllers of one USB 2 bus are functions of one slot, as on real hardware. */
const functions: Readonly<Partial<Record<NonNullable<Controller['model']>, number>>> = {
  'ich9-ehci1': 7,
  'ich9-uhci1': 0,
  'ich9-uhci2': 1,
  'ich9-uhci3': 2,
};

export const isUsb2 = (controller: Controller): boolean =>
  controller.type === 'usb' && controller.model !== undefined && functions[controller.model] !== undefined;

/** Puts a controller beside its companions, or finds a slot for the first of them. */
export function placeUsb2(domain: Domain, set: PciAddressSet, controller: Controller): void {
  const fn = controller.model === undefined ? undefined : functions[controller.model];
  if (fn === undefined || !isUnplaced(controller.address)) return;
  const sibling = domain.devices.controllers.find(
    (other) => isUsb2(other) && other.index === controller.index && isPlaced(other.address),
  );
  const place = isPlaced(sibling?.address) ? { ...locationOf(sibling.address), function: fn } : undefined;
  if (place !== undefined) set.reserve(place, pciPlug);
  const found = place ?? set.reserveNext(pciPlug, { function: fn });
  controller.address = { type: 'pci', ...found, ...(fn === 0 ? { multifunction: true } : {}) };
}

const locationOf = ({
  domain,
  bus,
  slot,
}: {
  readonly domain: number;
  readonly bus: number;
  readonly slot: number;
}) => ({ domain, bus, slot });
