/** A firmware image of older hosts, and the file its variables start from. */
export interface LegacyPair {
  readonly path: string;
  readonly nvramTemplate: string;
}

/** Pairs known without descriptors: the default of `nvram` in `qemu.conf`. */
export const legacyPairs: readonly LegacyPair[] = [
  { path: '/usr/share/OVMF/OVMF_CODE.fd', nvramTemplate: '/usr/share/OVMF/OVMF_VARS.fd' },
  { path: '/usr/share/OVMF/OVMF_CODE.secboot.fd', nvramTemplate: '/usr/share/OVMF/OVMF_VARS.fd' },
  { path: '/usr/share/AAVMF/AAVMF_CODE.fd', nvramTemplate: '/usr/share/AAVMF/AAVMF_VARS.fd' },
  { path: '/usr/share/AAVMF/AAVMF32_CODE.fd', nvramTemplate: '/usr/share/AAVMF/AAVMF32_VARS.fd' },
];
