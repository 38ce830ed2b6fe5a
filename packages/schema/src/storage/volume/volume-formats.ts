/** Formats of files, by libvirt's names and in its order. @libvirt virStorageFileFormat */
export const volumeFormats = [
  'none',
  'raw',
  'dir',
  'bochs',
  'cloop',
  'dmg',
  'iso',
  'vpc',
  'vdi',
  'fat',
  'vhd',
  'ploop',
  'cow',
  'qcow',
  'qcow2',
  'qed',
  'vmdk',
] as const;
export type VolumeFormat = (typeof volumeFormats)[number];
