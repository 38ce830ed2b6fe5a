/** Protocols of network storage, in libvirt's order. @libvirt virStorageNetProtocol */
export const storageProtocols = [
  'none',
  'nbd',
  'rbd',
  'sheepdog',
  'gluster',
  'iscsi',
  'http',
  'https',
  'ftp',
  'ftps',
  'tftp',
  'ssh',
  'vxhs',
  'nfs',
] as const;
export type StorageProtocol = (typeof storageProtocols)[number];

/** Ports that a server listens on unless something else is said; protocols without a row have none. */
export const storagePorts: Partial<Record<StorageProtocol, string>> = {
  nbd: '10809',
  sheepdog: '7000',
  gluster: '24007',
  iscsi: '3260',
  http: '80',
  https: '443',
  ftp: '21',
  ftps: '990',
  tftp: '69',
  ssh: '22',
  vxhs: '9999',
};
