import { errorsFrom } from '@virtkit/schema';
import type { ErrorName } from '@virtkit/schema';
import type { BusTraits, PciBusModel } from './bus-models.js';
import { busTraits } from './bus-models.js';
import type { Plug } from './connect-flags.js';
import { plugWords } from './connect-flags.js';
import type { PciAddress } from './pci-address.js';
import { pciAddressText } from './pci-address.js';

const virtError = errorsFrom('DOMAIN');

interface Slot {
  /** One bit per function in use. */
  functions: number;
  /** Whether others may join the first one. */
  shared: boolean;
}

/** One bus and what is plugged into it. */
export class PciBus {
  readonly traits: BusTraits;
  readonly slots = new Map<number, Slot>();
  isolationGroup = 0;
  isolationGroupLocked = false;

  /** No slot below is free: none is ever given back. */
  #free: number;

  constructor(readonly model: PciBusModel) {
    this.traits = busTraits[model];
    this.#free = this.traits.minSlot;
  }

  get isEmpty(): boolean {
    return this.slots.size === 0;
  }

  isFree(slot: number): boolean {
    return (this.slots.get(slot)?.functions ?? 0) === 0;
  }

  /** The lowest slot that nobody uses. */
  get firstFree(): number | undefined {
    while (this.#free <= this.traits.maxSlot && !this.isFree(this.#free)) this.#free += 1;
    return this.#free <= this.traits.maxSlot ? this.#free : undefined;
  }

  /** Every slot taken. */
  get isFull(): boolean {
    return this.firstFree === undefined;
  }

  /** Whether a device that no one placed may be put here. */
  suits(plug: Plug): boolean {
    return this.traits.accepts.includes(plug.kind) && (!plug.hotplug || this.traits.hotplug);
  }
}

export interface PciAddressSetOptions {
  /** Buses are added where none is left: the first of two passes, which counts them. */
  readonly grows: boolean;
  /** A machine that adds roots instead of bridges (pseries). */
  readonly severalRoots?: boolean;
  /** The binary has `pcie-pci-bridge`. */
  readonly pcieToPciBridge: boolean;
}

/** Which PCI addresses are in use, and where the next device goes. */
export class PciAddressSet {
  readonly buses: PciBus[] = [];

  constructor(readonly options: PciAddressSetOptions) {}

  isInUse(address: PciAddress): boolean {
    return this.buses[address.bus]?.isFree(address.slot) === false;
  }

  /**
   * Takes an address that a document (or a chipset) names.
   * @throws XML_ERROR for one that cannot be, INTERNAL_ERROR when the address is not from a document.
   */
  reserve(
    address: PciAddress,
    plug: Plug,
    options: { readonly isolationGroup?: number; readonly fromDocument?: boolean } = {},
  ): void {
    const fromDocument = options.fromDocument ?? true;
    if (this.options.grows) this.#growTo(address.bus, plug);
    this.check(address, plug, fromDocument);
    const bus = this.buses[address.bus];
    if (bus === undefined) return;
    const slot = bus.slots.get(address.slot) ?? { functions: 0, shared: plug.shares };
    const bit = 1 << address.function;
    if ((slot.functions & bit) !== 0) {
      throw virtError(kindOf(fromDocument), `Attempted double use of PCI Address ${pciAddressText(address)}`);
    }
    joinGroup(bus, options.isolationGroup ?? 0, fromDocument);
    slot.functions |= bit;
    bus.slots.set(address.slot, slot);
  }

  /** Whether the address exists and its bus takes such a device; throws the reason if not. */
  check(address: PciAddress, plug: Plug, fromDocument = true): void {
    const refuse = (why: string): never => {
      throw virtError(kindOf(fromDocument), `Invalid PCI address ${pciAddressText(address)}. ${why}`);
    };
    if (this.buses.length === 0) throw virtError(kindOf(fromDocument), 'No PCI buses available');
    if (address.domain !== 0) refuse('Only PCI domain 0 is available');
    const bus = this.buses[address.bus];
    if (bus === undefined) return refuse(`Only PCI buses up to ${this.buses.length - 1} are available`);
    checkPlug(bus, plug, address, fromDocument);
    const { minSlot, maxSlot } = bus.traits;
    if (minSlot > 0 && address.slot < minSlot) refuse(`slot must be >= ${minSlot}`);
    if (address.slot > maxSlot) refuse(`slot must be <= ${maxSlot}`);
    if (address.function > 7) refuse('function must be <= 7');
  }

  /**
   * Finds and takes a place for a device. With a function given, exactly that function of a slot nobody uses.
   * @throws INTERNAL_ERROR when there is none and buses must not be added.
   */
  reserveNext(plug: Plug, options: { readonly isolationGroup?: number; readonly function?: number } = {}): PciAddress {
    if (this.buses.length === 0) throw virtError('XML_ERROR', 'No PCI buses available');
    const group = options.isolationGroup ?? 0;
    const found =
      this.#find(plug, group, options.function) ??
      this.#claimEmptyBus(plug, group, options.function) ??
      this.#grow(plug, options.function);
    this.reserve(found, plug, { isolationGroup: group, fromDocument: false });
    return found;
  }

  /** Whether a place is free without buses being added. */
  hasPlace(plug: Plug): boolean {
    return this.#find(plug, 0, undefined) !== undefined;
  }

  #find(plug: Plug, group: number, fn: number | undefined): PciAddress | undefined {
    for (const [index, bus] of this.buses.entries()) {
      if (bus.isolationGroup !== group) continue;
      const place = freePlace(bus, plug, fn);
      if (place !== undefined) return { domain: 0, bus: index, ...place };
    }
    return undefined;
  }

  /** Devices of one isolation group share a bus; an empty one may become theirs. */
  #claimEmptyBus(plug: Plug, group: number, fn: number | undefined): PciAddress | undefined {
    if (group === 0) return undefined;
    for (const [index, bus] of this.buses.entries()) {
      if (bus.isolationGroupLocked || !bus.isEmpty) continue;
      const place = freePlace(bus, plug, fn);
      if (place === undefined) continue;
      bus.isolationGroup = group;
      return { domain: 0, bus: index, ...place };
    }
    return undefined;
  }

  #grow(plug: Plug, fn: number | undefined): PciAddress {
    if (!this.options.grows) throw virtError('INTERNAL_ERROR', 'No more available PCI slots');
    const bus = this.#growTo(this.buses.length, plug);
    return { domain: 0, bus, slot: this.buses[bus]?.traits.minSlot ?? 0, function: fn ?? 0 };
  }

  /** Adds buses up to an index; answers the index that the device gets, one higher where a bridge had to come first. */
  #growTo(index: number, plug: Plug): number {
    if (index < this.buses.length) return index;
    const model = this.#modelFor(plug);
    const first = this.#bridgeFirst(model, index - this.buses.length + 1);
    if (first !== undefined) this.buses.push(new PciBus(first));
    const last = first === undefined ? index : index + 1;
    if (last > HIGHEST_BUS) throw noSlotFor(model);
    while (this.buses.length <= last) this.buses.push(new PciBus(model));
    return last;
  }

  #modelFor(plug: Plug): PciBusModel {
    switch (plug.kind) {
      case 'pci-device':
        if (this.options.severalRoots === true) return 'pci-root';
        return this.#offers('pci-bridge') || !this.options.pcieToPciBridge ? 'pci-bridge' : 'pcie-to-pci-bridge';
      case 'pci-bridge':
        if (this.buses[0]?.model === 'pcie-root')
          return this.options.pcieToPciBridge ? 'pcie-to-pci-bridge' : 'dmi-to-pci-bridge';
        break;
      case 'pcie-device':
      case 'pcie-switch-upstream-port':
      case 'pcie-to-pci-bridge':
      case 'integrated':
        return 'pcie-root-port';
    }
    throw noSlotFor(plug.kind);
  }

  /** A PCI bridge needs conventional PCI to be plugged into, and one to PCI Express a port. */
  #bridgeFirst(model: PciBusModel, added: number): PciBusModel | undefined {
    if (model === 'pcie-to-pci-bridge') return 'pcie-root-port';
    return model === 'pci-bridge' && added === 1 && !this.#offers('pci-bridge') ? 'dmi-to-pci-bridge' : undefined;
  }

  #offers(kind: Plug['kind']): boolean {
    return this.buses.some((bus) => bus.traits.accepts.includes(kind));
  }
}

/** What the bus number of an address can say. */
const HIGHEST_BUS = 255;

const noSlotFor = (model: string): Error =>
  virtError(
    'INTERNAL_ERROR',
    `a PCI slot is needed to connect a PCI controller model='${model}', but none is available, and it cannot be automatically added`,
  );

const kindOf = (fromDocument: boolean): ErrorName => (fromDocument ? 'XML_ERROR' : 'INTERNAL_ERROR');

/** The first device decides over the bus; a device placed by hand ends the isolation. */
function joinGroup(bus: PciBus, group: number, fromDocument: boolean): void {
  if (bus.isEmpty && !bus.isolationGroupLocked) bus.isolationGroup = group;
  else if (bus.isolationGroup !== group && fromDocument) bus.isolationGroup = 0;
}

/** A document may put PCI devices into PCIe slots and the reverse, and do without hotplug. */
function checkPlug(bus: PciBus, plug: Plug, address: PciAddress, fromDocument: boolean): void {
  const { accepts, hotplug } = bus.traits;
  const endpoints = accepts.includes('pci-device') || accepts.includes('pcie-device');
  const asEndpoint = fromDocument && endpoints && isEndpoint(plug);
  if (plug.kind === 'integrated' && !accepts.includes(plug.kind)) {
    throw virtError(
      kindOf(fromDocument),
      `The device at PCI address ${pciAddressText(address)} needs to be an integrated device (bus=0)`,
    );
  }
  if (!accepts.includes(plug.kind) && !asEndpoint) {
    throw virtError(
      kindOf(fromDocument),
      `The device at PCI address ${pciAddressText(address)} cannot be plugged into the PCI controller with index='${address.bus}'. It requires a controller that accepts a ${plugWords[plug.kind]}.`,
    );
  }
  if (plug.hotplug && !hotplug && !fromDocument) {
    throw virtError(
      'INTERNAL_ERROR',
      `The device at PCI address ${pciAddressText(address)} requires hotplug capability, but the PCI controller with index='${address.bus}' doesn't support hotplug`,
    );
  }
}

const isEndpoint = (plug: Plug): boolean =>
  plug.kind === 'pci-device' || plug.kind === 'pcie-device' || plug.kind === 'pci-bridge';

function freePlace(
  bus: PciBus,
  plug: Plug,
  fn: number | undefined,
): { readonly slot: number; readonly function: number } | undefined {
  if (!bus.suits(plug)) return undefined;
  const free = bus.firstFree;
  const shared = plug.shares ? sharedPlace(bus, free ?? bus.traits.maxSlot + 1, fn) : undefined;
  return shared ?? (free === undefined ? undefined : { slot: free, function: fn ?? 0 });
}

/** A free function of a slot that others opened for all, below the one where a slot of its own is free. */
function sharedPlace(
  bus: PciBus,
  end: number,
  fn: number | undefined,
): { readonly slot: number; readonly function: number } | undefined {
  for (let slot = bus.traits.minSlot; slot < end; slot += 1) {
    const shared = freeFunction(bus.slots.get(slot), fn);
    if (shared !== undefined) return { slot, function: shared };
  }
  return undefined;
}

function freeFunction(slot: Slot | undefined, wanted: number | undefined): number | undefined {
  if (slot?.shared !== true) return undefined;
  const candidates = wanted === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [wanted];
  return candidates.find((fn) => (slot.functions & (1 << fn)) === 0);
}
