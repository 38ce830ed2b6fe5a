import type { FlagBits } from './flag-set.js';

/** @libvirt virNetworkXMLFlags, virStorageXMLFlags, virInterfaceXMLFlags, virNodeDeviceXMLFlags */
export const inactiveFlags = { inactive: 0x1 } as const satisfies FlagBits;
/** @libvirt virConnectListAllNetworksFlags */
export const listNetworksFlags = {
  inactive: 0x1,
  active: 0x2,
  persistent: 0x4,
  transient: 0x8,
  autostart: 0x10,
  noAutostart: 0x20,
} as const satisfies FlagBits;
/** @libvirt virConnectListAllStoragePoolsFlags; names of pool types as documents spell them */
export const listPoolsFlags = { ...listNetworksFlags } as const satisfies FlagBits;
export const listPoolTypes = {
  dir: 0x40,
  fs: 0x80,
  netfs: 0x100,
  logical: 0x200,
  disk: 0x400,
  iscsi: 0x800,
  scsi: 0x1000,
  mpath: 0x2000,
  rbd: 0x4000,
  sheepdog: 0x8000,
  gluster: 0x1_0000,
  zfs: 0x2_0000,
  vstorage: 0x4_0000,
  'iscsi-direct': 0x8_0000,
} as const satisfies FlagBits;
/** @libvirt virConnectListAllInterfacesFlags */
export const listInterfacesFlags = { inactive: 0x1, active: 0x2 } as const satisfies FlagBits;
/** @libvirt virConnectListAllSecretsFlags */
export const listSecretsFlags = {
  ephemeral: 0x1,
  noEphemeral: 0x2,
  private: 0x4,
  noPrivate: 0x8,
} as const satisfies FlagBits;
/** @libvirt virConnectListAllNodeDeviceFlags: the states */
export const listNodeDevicesFlags = {
  persistent: 0x1000_0000,
  transient: 0x2000_0000,
  inactive: 0x4000_0000,
  active: 0x8000_0000,
} as const satisfies FlagBits;
/** @libvirt virConnectListAllNodeDeviceFlags: the capabilities, as documents spell them */
export const nodeDeviceCapabilities = {
  system: 0x1,
  pci: 0x2,
  usb_device: 0x4,
  usb: 0x8,
  net: 0x10,
  scsi_host: 0x20,
  scsi_target: 0x40,
  scsi: 0x80,
  storage: 0x100,
  fc_host: 0x200,
  vports: 0x400,
  scsi_generic: 0x800,
  drm: 0x1000,
  mdev_types: 0x2000,
  mdev: 0x4000,
  ccw: 0x8000,
  css: 0x1_0000,
  vdpa: 0x2_0000,
  ap_card: 0x4_0000,
  ap_queue: 0x8_0000,
  ap_matrix: 0x10_0000,
  vpd: 0x20_0000,
  ccwgroup: 0x40_0000,
  ccwgroup_member: 0x80_0000,
} as const satisfies FlagBits;
/** @libvirt virStoragePoolBuildFlags */
export const poolBuildFlags = {
  repair: 0x1,
  resize: 0x2,
  noOverwrite: 0x4,
  overwrite: 0x8,
} as const satisfies FlagBits;
/** @libvirt virStoragePoolCreateFlags */
export const poolCreateFlags = { build: 0x1, overwrite: 0x2, noOverwrite: 0x4 } as const satisfies FlagBits;
/** @libvirt virStoragePoolDeleteFlags */
export const poolDeleteFlags = { zeroed: 0x1 } as const satisfies FlagBits;
/** @libvirt virStorageVolCreateFlags */
export const volumeCreateFlags = { preallocMetadata: 0x1, reflink: 0x2, validate: 0x4 } as const satisfies FlagBits;
/** @libvirt virStorageVolDeleteFlags */
export const volumeDeleteFlags = { zeroed: 0x1, withSnapshots: 0x2 } as const satisfies FlagBits;
/** @libvirt virStorageVolInfoFlags */
export const volumeInfoFlags = { physical: 0x1 } as const satisfies FlagBits;
/** @libvirt virStorageVolResizeFlags */
export const volumeResizeFlags = { allocate: 0x1, delta: 0x2, shrink: 0x4 } as const satisfies FlagBits;
/** @libvirt virStorageVolDownloadFlags, virStorageVolUploadFlags */
export const sparseFlags = { sparse: 0x1 } as const satisfies FlagBits;
