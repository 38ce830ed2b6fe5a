import { addressProperties } from './address.js';
import type { Section } from './context.js';
import { device, object } from './option.js';

/** Storage for the last words of a crashed guest. */
export const pstoreSection: Section = ({ domain }) => {
  const { pstore } = domain.devices;
  if (!pstore) return [];
  const memory = `mem${pstore.alias}`;
  return [
    object({
      'qom-type': 'memory-backend-file',
      id: memory,
      'mem-path': pstore.path,
      size: (pstore.size ?? 0) * 1024,
      share: true,
    }),
    device({ driver: 'acpi-erst', id: pstore.alias, memdev: memory, ...addressProperties(pstore, domain) }),
  ];
};
