import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from './facts.js';

/** Where libvirt makes such sockets: its documents are taken over. */
const libvirtDirectory = '/var/lib/libvirt/qemu';

/** A display's socket that was made for one run of the guest does not belong into its definition. */
export function dropGeneratedSockets(domain: Domain, { settings }: QemuFacts): void {
  for (const display of domain.devices.graphics) {
    if (display.type !== 'vnc' && display.type !== 'spice') continue;
    for (const [index, listen] of display.listens.entries()) {
      const directories = [settings.stateDirectory, libvirtDirectory];
      const generated =
        listen.type === 'socket' &&
        directories.some((directory) => listen.socket?.startsWith(`${directory}/`) === true);
      if (generated) display.listens[index] = { type: 'address' };
    }
  }
}
