/**
 * Places where a hypervisor's own checks speak, in libvirt's order: what concerns the whole guest, then its devices by kind (right after
 * the common rules for that kind), and last what devices share.
 */
export const checkPoints = [
  'domain',
  'disks',
  'interfaces',
  'sounds',
  'hostdevs',
  'videos',
  'controllers',
  'characterDevices',
  'inputs',
  'filesystems',
  'watchdogs',
  'rngs',
  'shmems',
  'tpms',
  'redirdevs',
  'iommu',
  'graphics',
  'last',
] as const;

export type CheckPoint = (typeof checkPoints)[number];
