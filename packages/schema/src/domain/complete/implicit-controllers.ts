import type { ControllerType } from '../devices/controller.js';
import type { DiskTarget } from '../devices/disk.js';
import type { Domain } from '../domain.js';
import { ensureController, ensureControllersUpTo } from './controllers.js';

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
  addHostdevScsi(domain);
}

function addDiskControllers(domain: Domain, bus: string, type: ControllerType): void {
  for (const { target, address } of domain.devices.disks) {
    if (target.bus === bus && address?.type === 'drive') ensureControllersUpTo(domain, type, address.controller);
  }
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
  for (const card of smartcards) {
    const slots = smartcards.flatMap(({ address }) =>
      address?.type === 'ccid' && address.controller === 0 ? address.slot : [],
    );
    card.address ??= { type: 'ccid', controller: 0, slot: Math.max(-1, ...slots) + 1 };
    if (card.address.type === 'ccid') ensureController(domain, 'ccid', card.address.controller);
  }
}

function addHostdevScsi(domain: Domain): void {
  for (const { source, address } of domain.devices.hostdevs) {
    if (source.type === 'scsi' && address?.type === 'drive') ensureControllersUpTo(domain, 'scsi', address.controller);
  }
}
