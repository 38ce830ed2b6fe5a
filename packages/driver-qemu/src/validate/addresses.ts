import { type Domain, everyDevice } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { isS390Ccw, machineOf } from '../complete/machine.js';
import { has, unsupported } from './refuse.js';

/** Kinds of addresses that the machine has not. */
export function checkAddresses(domain: Domain, facts: QemuFacts): void {
  for (const { address } of everyDevice(domain)) {
    if (address?.type === 'ccw' && !isS390Ccw(domain)) {
      unsupported(`CCW addresses are not supported by machine type '${machineOf(domain)}'`);
    }
    const zpci = address?.type === 'pci' ? address.zpci : undefined;
    if ((zpci?.uid ?? zpci?.fid) !== undefined && !has(facts, 'zpci'))
      unsupported("This QEMU binary doesn't support zPCI");
  }
}
