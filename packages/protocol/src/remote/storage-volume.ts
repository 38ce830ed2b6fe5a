import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { char, int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullStoragePool, nonnullStorageVol, nonnullString } from './objects.js';

/** Storage volumes. */
export const storageVolumeRows = {
  storagePoolNumOfVolumes: call(
    91,
    { pool: nonnullStoragePool },
    { num: int },
    { priority: 'high', acl: ['storage_pool:search_storage_vols'], aclFilter: ['storage_vol:getattr'] },
  ),
  storagePoolListVolumes: call(
    92,
    { pool: nonnullStoragePool, maxnames: int },
    { names: array(nonnullString, limits.storageVolList) },
    { priority: 'high', acl: ['storage_pool:search_storage_vols'], aclFilter: ['storage_vol:getattr'] },
  ),
  storageVolCreateXML: call(
    93,
    { pool: nonnullStoragePool, xml: nonnullString, flags: uint },
    { vol: nonnullStorageVol },
    { acl: ['storage_vol:create'], readOnly: 'denied' },
  ),
  storageVolDelete: call(
    94,
    { vol: nonnullStorageVol, flags: uint },
    {},
    { acl: ['storage_vol:delete'], readOnly: 'denied' },
  ),
  storageVolLookupByName: call(
    95,
    { pool: nonnullStoragePool, name: nonnullString },
    { vol: nonnullStorageVol },
    { priority: 'high', acl: ['storage_vol:getattr'] },
  ),
  storageVolLookupByKey: call(
    96,
    { key: nonnullString },
    { vol: nonnullStorageVol },
    { priority: 'high', acl: ['storage_vol:getattr'] },
  ),
  storageVolLookupByPath: call(
    97,
    { path: nonnullString },
    { vol: nonnullStorageVol },
    { priority: 'high', acl: ['storage_vol:getattr'] },
  ),
  storageVolGetInfo: call(
    98,
    { vol: nonnullStorageVol },
    { type: char, capacity: unsignedHyper, allocation: unsignedHyper },
    { priority: 'high', acl: ['storage_vol:read'] },
  ),
  storageVolGetXMLDesc: call(
    99,
    { vol: nonnullStorageVol, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['storage_vol:read'] },
  ),
  storageVolGetPath: call(
    100,
    { vol: nonnullStorageVol },
    { name: nonnullString },
    { priority: 'high', acl: ['storage_vol:read'] },
  ),
  storageVolCreateXMLFrom: call(
    125,
    { pool: nonnullStoragePool, xml: nonnullString, clonevol: nonnullStorageVol, flags: uint },
    { vol: nonnullStorageVol },
    { acl: ['storage_vol:create'], readOnly: 'denied' },
  ),
  storageVolWipe: call(
    165,
    { vol: nonnullStorageVol, flags: uint },
    {},
    { acl: ['storage_vol:format'], readOnly: 'denied' },
  ),
  storageVolUpload: call(
    208,
    { vol: nonnullStorageVol, offset: unsignedHyper, length: unsignedHyper, flags: uint },
    {},
    { acl: ['storage_vol:data_write'], readOnly: 'denied', stream: { direction: 'write', sparseFlag: 0x1 } },
  ),
  storageVolDownload: call(
    209,
    { vol: nonnullStorageVol, offset: unsignedHyper, length: unsignedHyper, flags: uint },
    {},
    { acl: ['storage_vol:data_read'], readOnly: 'denied', stream: { direction: 'read', sparseFlag: 0x1 } },
  ),
  storageVolWipePattern: call(
    259,
    { vol: nonnullStorageVol, algorithm: uint, flags: uint },
    {},
    { acl: ['storage_vol:format'], readOnly: 'denied' },
  ),
  storageVolResize: call(
    260,
    { vol: nonnullStorageVol, capacity: unsignedHyper, flags: uint },
    {},
    { acl: ['storage_vol:resize'], readOnly: 'denied' },
  ),
  storagePoolListAllVolumes: call(
    282,
    { pool: nonnullStoragePool, needResults: int, flags: uint },
    { vols: array(nonnullStorageVol, limits.storageVolList), ret: uint },
    { priority: 'high', acl: ['storage_pool:search_storage_vols'], aclFilter: ['storage_vol:getattr'] },
  ),
  storageVolGetInfoFlags: call(
    378,
    { vol: nonnullStorageVol, flags: uint },
    { type: char, capacity: unsignedHyper, allocation: unsignedHyper },
    { priority: 'high', acl: ['storage_vol:read'] },
  ),
} as const;
