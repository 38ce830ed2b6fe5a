import { wordTable } from './word-table.js';

/** @libvirt virNetworkEventLifecycleType */
export const networkEvents = wordTable(['defined', 'undefined', 'started', 'stopped']);
/** @libvirt virStoragePoolEventLifecycleType */
export const storagePoolEvents = wordTable(['defined', 'undefined', 'started', 'stopped', 'created', 'deleted']);
/** @libvirt virNodeDeviceEventLifecycleType */
export const nodeDeviceEvents = wordTable(['created', 'deleted', 'defined', 'undefined']);
/** @libvirt virSecretEventLifecycleType */
export const secretEvents = wordTable(['defined', 'undefined']);
/** @libvirt virSecretUsageType */
export const secretUsageTypes = wordTable(['none', 'volume', 'ceph', 'iscsi', 'tls', 'vtpm']);
/** @libvirt virStoragePoolState */
export const storagePoolStates = wordTable(['inactive', 'building', 'running', 'degraded', 'inaccessible']);
/** @libvirt virStorageVolType */
export const storageVolTypes = wordTable(['file', 'block', 'dir', 'network', 'netdir', 'ploop']);
/** @libvirt virStorageVolWipeAlgorithm */
export const wipeAlgorithms = wordTable([
  'zero',
  'nnsa',
  'dod',
  'bsi',
  'gutmann',
  'schneier',
  'pfitzner7',
  'pfitzner33',
  'random',
  'trim',
]);
/** @libvirt virNetworkUpdateCommand */
export const networkUpdateCommands = wordTable(['modify', 'delete', 'add-last', 'add-first'], 1);
/** @libvirt virNetworkUpdateSection */
export const networkUpdateSections = wordTable(
  [
    'bridge',
    'domain',
    'ip',
    'ip-dhcp-host',
    'ip-dhcp-range',
    'forward',
    'forward-interface',
    'forward-pf',
    'portgroup',
    'dns-host',
    'dns-txt',
    'dns-srv',
  ],
  1,
);
