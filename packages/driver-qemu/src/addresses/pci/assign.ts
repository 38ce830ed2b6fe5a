import { errorsFrom } from '@virtkit/schema';
import type { Controller, Domain } from '@virtkit/schema';
import { insertController } from '../../complete/insert-controller.js';
import type { QemuFacts } from '../../complete/facts.js';
import { hasPcieRoot, hasPciRoot, isPseries, supportsPci } from '../../complete/machine.js';
import { PciAddressSet, PciBus } from './address-set.js';
import type { PciBusModel } from './bus-models.js';
import { placeChipset } from './chipsets.js';
import { pciePlug, pciPlug, type Plug } from './connect-flags.js';
import { completePciControllers } from './controller-options.js';
import { setMultifunction } from './multifunction.js';
import type { PciDevice } from './pci-devices.js';
import { pciDevices } from './pci-devices.js';
import { isPlaced, isUnplaced } from './placed.js';
import { pciControllerPlug } from './plugs.js';
import { isUsb2, placeUsb2 } from './usb2.js';

const virtError = errorsFrom('QEMU');
const domainError = errorsFrom('DOMAIN');
const highestIndex = 255;

/** Gives every PCI device a place and adds the bridges and ports that this needs. */
export function assignPciAddresses(domain: Domain, facts: QemuFacts): void {
  const pciControllers = domain.devices.controllers.filter(({ type }) => type === 'pci');
  const maxIndex = Math.max(-1, ...pciControllers.map(({ index }) => index ?? 0));
  if (maxIndex > highestIndex) refuseIndex(pciControllers);
  const total = maxIndex >= 0 ? addBuses(domain, facts, maxIndex) : 0;
  const devices = pciDevices(domain, facts);
  const set = createSet(domain, facts, total, false);
  collect(domain, set, devices);
  if (!supportsPci(domain)) return;
  placeChipset(domain, set, devices);
  placeDevices(domain, set, devices);
  setMultifunction(domain, set, devices);
  completePciControllers(domain, facts);
}

/** There are not as many buses; nothing is built from the number. */
function refuseIndex(controllers: readonly Controller[]): never {
  const model = controllers.find(({ index }) => (index ?? 0) > highestIndex)?.model ?? 'pci-bridge';
  throw virtError(
    'INTERNAL_ERROR',
    `a PCI slot is needed to connect a PCI controller model='${model}', but none is available, and it cannot be automatically added`,
  );
}

/** The first of two passes: only counts the buses, and adds a controller for each that the document lacks. */
function addBuses(domain: Domain, facts: QemuFacts, maxIndex: number): number {
  const draft = draftOf(domain);
  const devices = pciDevices(draft, facts);
  const set = createSet(draft, facts, maxIndex + 1, true);
  collect(draft, set, devices);
  placeChipset(draft, set, devices);
  const hasRoom = set.buses.some((bus) => !bus.isFull);
  if (hasPciRoot(draft) && hasRoom) set.reserveNext(pciPlug);
  placeDevices(draft, set, devices);
  if (maxIndex <= 0 && set.buses.length > maxIndex + 1 && hasPcieRoot(draft)) set.reserveNext(pciePlug);
  for (let index = 1; index < set.buses.length; index += 1) addMissing(domain, set, index);
  return set.buses.length;
}

/** A copy whose devices can be given addresses without the definition seeing it. */
function draftOf(domain: Domain): Domain {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length === 0 ? value : value.map(copy);
    return typeof value === 'object' && value !== null ? { ...value } : value;
  };
  const devices: Domain['devices'] = { ...domain.devices };
  const kinds = devices as unknown as Record<string, unknown>; // the same keys, devices one level deep
  for (const kind of Object.keys(kinds)) kinds[kind] = copy(kinds[kind]);
  return { ...domain, devices };
}

/** A controller that is added needs a place itself. */
function addMissing(domain: Domain, set: PciAddressSet, index: number): void {
  const model = set.buses[index]?.model;
  if (model === undefined || domain.devices.controllers.some((other) => other.type === 'pci' && other.index === index))
    return;
  insertController(domain, { type: 'pci', index, model });
  const plug = pciControllerPlug(model);
  if (plug !== undefined) set.reserveNext(plug);
}

function createSet(domain: Domain, facts: QemuFacts, count: number, grows: boolean): PciAddressSet {
  const set = new PciAddressSet({
    grows,
    severalRoots: isPseries(domain),
    pcieToPciBridge: facts.capabilities?.flags.has('pcie-pci-bridge') === true,
  });
  const byIndex = new Map(
    domain.devices.controllers.flatMap((entry) => (entry.type === 'pci' ? [[entry.index ?? 0, entry] as const] : [])),
  );
  for (let index = 0; index < count; index += 1) set.buses.push(busOf(domain, byIndex.get(index), byIndex));
  return set;
}

/** A bus that no controller describes is what would be added for it. */
function busOf(domain: Domain, controller: Controller | undefined, all: ReadonlyMap<number, Controller>): PciBus {
  if (controller?.model !== undefined) {
    const model = controller.model as PciBusModel; // models are checked against the type when read
    return new PciBus(model);
  }
  if (!hasPcieRoot(domain)) return new PciBus('pci-bridge');
  const hasBridges = [...all.values()].some(({ model }) => model === 'dmi-to-pci-bridge' || model === 'pci-bridge');
  const hasPorts = [...all.values()].some(({ model }) => model === 'pcie-root-port');
  return new PciBus(hasBridges && !hasPorts ? 'dmi-to-pci-bridge' : 'pcie-root-port');
}

/** Takes the places that the document names. */
function collect(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[]): void {
  for (const controller of domain.devices.controllers) {
    const { address, type } = controller;
    if (type !== 'pci' || !isPlaced(address)) continue;
    const plug = pciControllerPlug(controller.model as PciBusModel | undefined); // as above
    set.reserve(address, plug ?? pciPlug);
  }
  for (const { device, plug } of devices) {
    if (isPlaced(device.address) && !isImplicit(device as Controller, set))
      set.reserve(device.address, plug ?? pciPlug);
  }
}

/** The chipset's IDE and USB controllers have functions of a slot that is taken as a whole. */
function isImplicit(controller: Controller, set: PciAddressSet): boolean {
  const { address, type, index, model } = controller;
  if (!isPlaced(address) || address.domain !== 0 || address.bus !== 0 || address.slot !== 1 || index !== 0)
    return false;
  const isIde = type === 'ide' && address.function === 1;
  const isUsb = type === 'usb' && address.function === 2 && (model === undefined || model === 'piix3-uhci');
  if (!isIde && !isUsb) return false;
  if (set.buses[0]?.traits.accepts.includes('pci-device') === false) {
    throw virtError('INTERNAL_ERROR', 'Bus 0 must be PCI for integrated PIIX3 USB or IDE controllers');
  }
  return true;
}

function placeDevices(domain: Domain, set: PciAddressSet, devices: readonly PciDevice[]): void {
  for (const controller of domain.devices.controllers) {
    const plug = controller.type === 'pci' ? pciControllerPlug(controller.model as PciBusModel | undefined) : undefined; // as above
    if (plug?.kind === 'pcie-to-pci-bridge') needPort(set, controller, plug);
    if (plug !== undefined) place(set, { device: controller, plug });
  }
  for (const entry of devices) {
    const controller = entry.device as Controller;
    if (isUsb2(controller)) placeUsb2(domain, set, controller);
    else place(set, entry);
  }
}

function place(set: PciAddressSet, { device, plug, isStray }: PciDevice): void {
  if (isStray === true && isUnplaced(device.address)) refuseStray(set);
  if (plug === undefined || !isUnplaced(device.address)) return;
  const found = set.reserveNext(plug);
  if (set.options.grows) return;
  const multifunction = device.address?.type === 'pci' ? device.address.multifunction : undefined;
  device.address = { type: 'pci', ...found, ...(multifunction === undefined ? {} : { multifunction }) };
}

/** No port is added for a bridge of the document. */
function needPort(set: PciAddressSet, { address }: Controller, plug: Plug): void {
  if (set.options.grows && isUnplaced(address) && !set.hasPlace(plug))
    throw domainError('INTERNAL_ERROR', `${noBus} 2000`);
}

const noBus = 'Cannot automatically add a new PCI bus for a device with connect flags';

/** A device that asks for a place on PCI and is none. */
function refuseStray(set: PciAddressSet): void {
  if (set.options.grows) throw domainError('INTERNAL_ERROR', `${noBus} 00`);
}
