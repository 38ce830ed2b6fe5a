import type { Domain } from '@virtkit/schema';
import { unsupported } from './refuse.js';

const reserved = ['opt/ovmf/', 'opt/org.qemu/'];

/** Blobs for the guest's firmware stand below `opt/`, apart from QEMU's own. */
export function checkFirmwareEntries({ sysinfos }: Domain): void {
  for (const info of sysinfos) {
    if (info.type !== 'fwcfg') continue;
    for (const { name } of info.entries) {
      if (!name.startsWith('opt/')) unsupported('Invalid firmware name');
      if (reserved.some((prefix) => name.startsWith(prefix))) unsupported('That firmware name is reserved');
    }
  }
}
