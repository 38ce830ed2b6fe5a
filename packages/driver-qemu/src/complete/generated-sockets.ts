import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from './facts.js';

/** A display's socket that was made for one run of the guest does not belong into its definition. */
export function dropGeneratedSockets(domain: Domain, { settings }: QemuFacts): void {
  for (const display of domain.devices.graphics) {
    if (display.type !== 'vnc' && display.type !== 'spice') continue;
    for (const [index, listen] of display.listens.entries()) {
      const generated = listen.type === 'socket' && listen.socket?.startsWith(`${settings.stateDirectory}/`) === true;
      if (generated) display.listens[index] = { type: 'address' };
    }
  }
}
