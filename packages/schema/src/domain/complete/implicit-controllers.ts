import type { Domain } from '../domain.js';
import { ensureController, ensureControllersUpTo } from './controllers.js';
import type { ControllerType } from '../devices/controller.js';
import type { DiskTarget } from '../devices/disk.js';

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

function addCcid(domain: Domain): void {
  for (const { address } of domain.devices.smartcards) {
    if (address?.type === 'ccid') ensureControllersUpTo(domain, 'ccid', address.controller);
  }
}

function addHostdevScsi(domain: Domain): void {
  for (const { source, address } of domain.devices.hostdevs) {
    if (source.type === 'scsi' && address?.type === 'drive') ensureControllersUpTo(domain, 'scsi', address.controller);
  }
}
