import type { Domain } from '@virtkit/schema';
import { unsupported } from './refuse.js';

/** Devices of the host that the guest gets. */
export function checkHostdevs({ devices }: Domain): void {
  for (const { source, boot, display } of devices.hostdevs) {
    if (display === true && devices.graphics.length === 0)
      unsupported("graphics device is needed for attribute value 'display=on' in <hostdev>");
    if (source.type === 'scsi_host' && boot !== undefined)
      unsupported('booting from assigned devices is not supported by vhost SCSI devices');
  }
}
