import type { Domain } from '@virtkit/schema';
import { unsupported } from './refuse.js';

/** Devices of the host that the guest gets. */
export function checkHostdevs({ devices }: Domain): void {
  for (const { source, boot } of devices.hostdevs) {
    if (source.type === 'scsi_host' && boot !== undefined)
      unsupported('booting from assigned devices is not supported by vhost SCSI devices');
  }
}
