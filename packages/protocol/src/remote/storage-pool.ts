import { call } from '../program.js';
import { uuid } from '../xdr/bytes.js';
import { array } from '../xdr/composites.js';
import { int, uint, unsignedChar, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullStoragePool, nonnullStorageVol, nonnullString, nullableString } from './objects.js';

/** Storage pools. */
export const storagePoolRows = {
  connectNumOfStoragePools: call(
    71,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_storage_pools'], aclFilter: ['storage_pool:getattr'] },
  ),
  connectListStoragePools: call(
    72,
    { maxnames: int },
    { names: array(nonnullString, limits.storagePoolList) },
    { priority: 'high', acl: ['connect:search_storage_pools'], aclFilter: ['storage_pool:getattr'] },
  ),
  connectNumOfDefinedStoragePools: call(
    73,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_storage_pools'], aclFilter: ['storage_pool:getattr'] },
  ),
  connectListDefinedStoragePools: call(
    74,
    { maxnames: int },
    { names: array(nonnullString, limits.storagePoolList) },
    { priority: 'high', acl: ['connect:search_storage_pools'], aclFilter: ['storage_pool:getattr'] },
  ),
  connectFindStoragePoolSources: call(
    75,
    { type: nonnullString, srcSpec: nullableString, flags: uint },
    { xml: nonnullString },
    { acl: ['connect:detect_storage_pools'], readOnly: 'denied' },
  ),
  storagePoolCreateXML: call(
    76,
    { xml: nonnullString, flags: uint },
    { pool: nonnullStoragePool },
    { acl: ['storage_pool:start', 'storage_pool:write'], readOnly: 'denied' },
  ),
  storagePoolDefineXML: call(
    77,
    { xml: nonnullString, flags: uint },
    { pool: nonnullStoragePool },
    { priority: 'high', acl: ['storage_pool:write', 'storage_pool:save'], readOnly: 'denied' },
  ),
  storagePoolCreate: call(
    78,
    { pool: nonnullStoragePool, flags: uint },
    {},
    { acl: ['storage_pool:start'], readOnly: 'denied' },
  ),
  storagePoolBuild: call(
    79,
    { pool: nonnullStoragePool, flags: uint },
    {},
    { acl: ['storage_pool:format'], readOnly: 'denied' },
  ),
  storagePoolDestroy: call(
    80,
    { pool: nonnullStoragePool },
    {},
    { priority: 'high', acl: ['storage_pool:stop'], readOnly: 'denied' },
  ),
  storagePoolDelete: call(
    81,
    { pool: nonnullStoragePool, flags: uint },
    {},
    { acl: ['storage_pool:format'], readOnly: 'denied' },
  ),
  storagePoolUndefine: call(
    82,
    { pool: nonnullStoragePool },
    {},
    { priority: 'high', acl: ['storage_pool:delete'], readOnly: 'denied' },
  ),
  storagePoolRefresh: call(
    83,
    { pool: nonnullStoragePool, flags: uint },
    {},
    { acl: ['storage_pool:refresh'], readOnly: 'denied' },
  ),
  storagePoolLookupByName: call(
    84,
    { name: nonnullString },
    { pool: nonnullStoragePool },
    { priority: 'high', acl: ['storage_pool:getattr'] },
  ),
  storagePoolLookupByUUID: call(
    85,
    { uuid: uuid },
    { pool: nonnullStoragePool },
    { priority: 'high', acl: ['storage_pool:getattr'] },
  ),
  storagePoolLookupByVolume: call(
    86,
    { vol: nonnullStorageVol },
    { pool: nonnullStoragePool },
    { priority: 'high', acl: ['storage_pool:getattr'] },
  ),
  storagePoolGetInfo: call(
    87,
    { pool: nonnullStoragePool },
    { state: unsignedChar, capacity: unsignedHyper, allocation: unsignedHyper, available: unsignedHyper },
    { priority: 'high', acl: ['storage_pool:read'] },
  ),
  storagePoolGetXMLDesc: call(
    88,
    { pool: nonnullStoragePool, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['storage_pool:read'] },
  ),
  storagePoolGetAutostart: call(
    89,
    { pool: nonnullStoragePool },
    { autostart: int },
    { priority: 'high', acl: ['storage_pool:read'] },
  ),
  storagePoolSetAutostart: call(
    90,
    { pool: nonnullStoragePool, autostart: int },
    {},
    { priority: 'high', acl: ['storage_pool:write'], readOnly: 'denied' },
  ),
  storagePoolIsActive: call(
    154,
    { pool: nonnullStoragePool },
    { active: int },
    { priority: 'high', acl: ['storage_pool:read'] },
  ),
  storagePoolIsPersistent: call(
    155,
    { pool: nonnullStoragePool },
    { persistent: int },
    { priority: 'high', acl: ['storage_pool:read'] },
  ),
  connectListAllStoragePools: call(
    281,
    { needResults: int, flags: uint },
    { pools: array(nonnullStoragePool, limits.storagePoolList), ret: uint },
    { priority: 'high', acl: ['connect:search_storage_pools'], aclFilter: ['storage_pool:getattr'] },
  ),
  storagePoolLookupByTargetPath: call(
    391,
    { path: nonnullString },
    { pool: nonnullStoragePool },
    { priority: 'high', acl: ['storage_pool:getattr'] },
  ),
  connectGetStoragePoolCapabilities: call(
    403,
    { flags: uint },
    { capabilities: nonnullString },
    { acl: ['connect:read'] },
  ),
} as const;
