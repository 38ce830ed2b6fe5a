import type { DeviceInfo } from '../device-info.js';
import type { ControllerType } from '../devices/controller.js';
import type { DiskTarget } from '../devices/disk.js';
import type { Domain } from '../domain.js';
import { ensureController, ensureControllersUpTo, isNegative } from './controllers.js';

const controllerOfBus: readonly (readonly [NonNullable<DiskTarget['bus']>, ControllerType])[] = [
  ['scsi', 'scsi'],
  ['fdc', 'fdc'],
  ['ide', 'ide'],
  ['sata', 'sata'],
];

/** Adds the controllers devices are attached to. */
export function addImplicitControllers(domain: Domain): void {
  for (const [bus, type] of controllerOfBus) addDiskControllers(domain, bus, type);
  addVirtioSerial(domain);
  addCcid(domain);
  addHostdevControllers(domain);
}

function addDiskControllers(domain: Domain, bus: string, type: ControllerType): void {
  const addresses = domain.devices.disks.flatMap(({ target, address }) => (target.bus === bus ? [address] : []));
  addDriveControllers(domain, type, addresses);
}

/** As many as the highest address asks for, once: there may be thousands of drives. */
function addDriveControllers(domain: Domain, type: ControllerType, addresses: readonly DeviceInfo['address'][]): void {
  let highest = -1;
  for (const address of addresses) {
    if (address?.type === 'drive' && !isNegative(address.controller)) highest = Math.max(highest, address.controller);
  }
  ensureControllersUpTo(domain, type, highest);
}

/** Channels and consoles of virtio need a controller, the first one where they don't say. */
function addVirtioSerial(domain: Domain): void {
  const { channels, consoles } = domain.devices;
  const targets = [...channels, ...consoles].filter(({ target }) => target?.type === 'virtio');
  for (const { address } of targets) {
    if (address === undefined) ensureController(domain, 'virtio-serial', 0);
    else if (address.type === 'virtio-serial') ensureController(domain, 'virtio-serial', address.controller);
  }
}

/** A card without place gets the next slot of the first controller. */
function addCcid(domain: Domain): void {
  const { smartcards } = domain.devices;
  let slot = smartcards.reduce(
    (max, { address }) => (address?.type === 'ccid' && address.controller === 0 ? Math.max(max, address.slot) : max),
    -1,
  );
  for (const card of smartcards) {
    card.address ??= { type: 'ccid', controller: 0, slot: (slot += 1) };
    if (card.address.type === 'ccid') ensureController(domain, 'ccid', card.address.controller);
  }
}

/** Controllers of SCSI devices of the host: the first one where they have no place yet. */
export function addHostdevControllers(domain: Domain): void {
  let highest = -1;
  for (const { source, address } of domain.devices.hostdevs) {
    if (source.type !== 'scsi') continue;
    highest = Math.max(highest, address?.type === 'drive' && !isNegative(address.controller) ? address.controller : 0);
  }
  ensureControllersUpTo(domain, 'scsi', highest);
}
