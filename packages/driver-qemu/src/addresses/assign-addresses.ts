import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { assignCcwAddresses } from './ccw.js';
import { assignMemorySlots } from './memory-slots.js';
import { assignPciAddresses } from './pci/assign.js';
import { assignSpaprVioAddresses } from './spapr-vio.js';
import { assignUsbAddresses } from './usb/assign.js';
import { assignVirtioSerialAddresses } from './virtio-serial/assign.js';

/** Gives every device of a definition its place. Later steps see the controllers that earlier ones added. */
export function assignAddresses(domain: Domain, facts: QemuFacts): void {
  assignVirtioSerialAddresses(domain);
  assignSpaprVioAddresses(domain);
  assignCcwAddresses(domain);
  assignPciAddresses(domain, facts);
  assignUsbAddresses(domain, facts);
  assignMemorySlots(domain);
}
