import type { FlagBits } from './flag-set.js';

/** @libvirt virConnectCompareCPUFlags */
export const compareCpuFlags = { failIncompatible: 0x1, validate: 0x2 } as const satisfies FlagBits;
/** @libvirt virConnectBaselineCPUFlags */
export const baselineCpuFlags = {
  expandFeatures: 0x1,
  migratable: 0x2,
} as const satisfies FlagBits;
/** @libvirt virNodeAllocPagesFlags */
export const allocPagesFlags = { set: 0x1 } as const satisfies FlagBits;
