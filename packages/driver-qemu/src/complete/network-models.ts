/** Models of network interfaces with a meaning of their own. */
const knownModels: readonly string[] = [
  '82540em',
  '82543gc',
  '82545em',
  'am79c970a',
  'am79c973',
  'e1000',
  'e1000e',
  'igb',
  'lan9118',
  'netfront',
  'rtl8139',
  'smc91c111',
  'spapr-vlan',
  'usb-net',
  'virtio',
  'virtio-non-transitional',
  'virtio-transitional',
  'vlance',
  'vmxnet',
  'vmxnet2',
  'vmxnet3',
];

export const isKnownModel = (name: string): boolean => knownModels.includes(name);

/** Models that are known are named in lower case, others are QEMU's business. */
export const canonicalModel = (name: string): string => (isKnownModel(name.toLowerCase()) ? name.toLowerCase() : name);
