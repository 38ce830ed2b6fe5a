import { errorsFrom } from '@virtkit/schema';
import type { Controller, Domain } from '@virtkit/schema';
import { isI440fx, isQ35 } from '../../complete/machine.js';
import type { PciAddressSet } from './address-set.js';
import { pciPlug, plug } from './connect-flags.js';
import type { Plug } from './connect-flags.js';
import type { PciAddress } from './pci-address.js';
import { isPlaced, isUnplaced } from './placed.js';
import type { PciDevice } from './pci-devices.js';

const virtError = errorsFrom('QEMU');
const domainError = errorsFrom('DOMAIN');

/** The chipset's own devices are there whatever the document says; they need no hotplug. */
const integrated = plug('pci-device');

const at = (slot: number, fn = 0): PciAddress => ({ domain: 0, bus: 0, slot, function: fn });

const isAt = (controller: Controller, place: PciAddress): boolean =>
  isPlaced(controller.address) &&
  controller.address.domain === 0 &&
  controller.address.bus === 0 &&
  controller.address.slot === place.slot &&
  controller.address.function === place.function;

/** Takes the places that the machine's chipset occupies or that guests expect a device in. */
export function placeChipset(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[]): void {
  if (isI440fx(domain)) placePiix3(domain, set, devices);
  if (isQ35(domain)) placeQ35(domain, set, devices);
}

function placePiix3(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[]): void {
  const { controllers } = domain.devices;
  const ide = controllers.filter(({ type, index }) => type === 'ide' && index === 0);
  for (const controller of ide) fix(controller, at(1, 1), 'Primary IDE controller must have PCI address 0:0:1.1');
  const usb = controllers.filter((controller) => controller.index === 0 && isPiix3Usb(controller));
  if (usb.length > 1) throw domainError('XML_ERROR', 'Attempted double use of PCI Address 0000:00:01.2');
  for (const controller of usb)
    fix(controller, at(1, 2), 'PIIX3 USB controller at index 0 must have PCI address 0:0:1.2');
  if (set.buses.length > 0) for (const fn of [0, 1, 2, 3]) set.reserve(at(1, fn), integrated);
  placePrimaryVideo(domain, set, devices, at(2));
}

const isPiix3Usb = ({ type, model }: Controller): boolean =>
  type === 'usb' && (model === undefined || model === 'piix3-uhci');

function fix(controller: Controller, place: PciAddress, message: string): void {
  if (!isPlaced(controller.address)) controller.address = { type: 'pci', ...place };
  else if (!isAt(controller, place)) throw virtError('INTERNAL_ERROR', message);
}

function placeQ35(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[]): void {
  for (const controller of domain.devices.controllers) placeQ35Controller(controller, set);
  if (set.buses.length > 0) {
    set.reserve(at(0x1f, 0), integrated);
    set.reserve(at(0x1f, 3), integrated);
  }
  placePrimaryVideo(domain, set, devices, at(1));
  for (const sound of domain.devices.sounds) {
    if (sound.model === 'ich9' && isUnplaced(sound.address) && !set.isInUse(at(0x1b))) {
      set.reserve(at(0x1b), pciPlug);
      sound.address = { type: 'pci', ...at(0x1b) };
    }
  }
}

function placeQ35Controller(controller: Controller, set: PciAddressSet): void {
  if (controller.type === 'sata' && controller.index === 0) {
    fix(controller, at(0x1f, 2), 'Primary SATA controller must have PCI address 0:0:1f.2');
    return;
  }
  if (!isUnplaced(controller.address)) return;
  if (controller.type === 'usb' && controller.model === 'ich9-uhci1')
    placeIfFree(controller, set, [0x1d, 0x1a], pciPlug);
  if (controller.type === 'pci' && controller.model === 'dmi-to-pci-bridge')
    placeIfFree(controller, set, [0x1e], plug('dmi-to-pci-bridge'));
}

/** Where real hardware has it, but without insisting. */
function placeIfFree(controller: Controller, set: PciAddressSet, slots: readonly number[], as: Plug): void {
  const slot = slots.find((candidate) => !set.isInUse(at(candidate)));
  if (slot === undefined) return;
  set.reserve(at(slot), as);
  controller.address = { type: 'pci', ...at(slot), ...(controller.type === 'usb' ? { multifunction: true } : {}) };
}

/** The first display is where QEMU puts it by itself. */
function placePrimaryVideo(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[], place: PciAddress): void {
  const [video] = domain.devices.videos;
  const as = devices.find(({ device }) => device === video)?.plug;
  if (video === undefined || as === undefined || !isUnplaced(video.address)) return;
  set.check(place, as);
  if (set.isInUse(place)) {
    const found = set.reserveNext(as);
    if (!set.options.grows) video.address = { type: 'pci', ...found };
    return;
  }
  set.reserve(place, as);
  video.address = { type: 'pci', ...place };
}
