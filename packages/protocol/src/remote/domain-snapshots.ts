import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import {
  nonnullDomain,
  nonnullDomainCheckpoint,
  nonnullDomainSnapshot,
  nonnullString,
  nullableString,
} from './objects.js';

/** Snapshots and checkpoints of domains, and backups. */
export const domainSnapshotsRows = {
  domainSnapshotCreateXML: call(
    185,
    { dom: nonnullDomain, xmlDesc: nonnullString, flags: uint },
    { snap: nonnullDomainSnapshot },
    { acl: ['domain:snapshot', { permission: 'domain:fs_freeze', whenFlags: 0x40 }], readOnly: 'denied' },
  ),
  domainSnapshotGetXMLDesc: call(
    186,
    { snap: nonnullDomainSnapshot, flags: uint },
    { xml: nonnullString },
    {
      priority: 'high',
      acl: ['domain:read', { permission: 'domain:read_secure', whenFlags: 0x1 }],
      readOnly: { deniedFlags: 0x1 },
    },
  ),
  domainSnapshotNum: call(
    187,
    { dom: nonnullDomain, flags: uint },
    { num: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSnapshotListNames: call(
    188,
    { dom: nonnullDomain, maxnames: int, flags: uint },
    { names: array(nonnullString, limits.domainSnapshotList) },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSnapshotLookupByName: call(
    189,
    { dom: nonnullDomain, name: nonnullString, flags: uint },
    { snap: nonnullDomainSnapshot },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainHasCurrentSnapshot: call(190, { dom: nonnullDomain, flags: uint }, { result: int }, { acl: ['domain:read'] }),
  domainSnapshotCurrent: call(
    191,
    { dom: nonnullDomain, flags: uint },
    { snap: nonnullDomainSnapshot },
    { acl: ['domain:read'] },
  ),
  domainRevertToSnapshot: call(
    192,
    { snap: nonnullDomainSnapshot, flags: uint },
    {},
    { acl: ['domain:snapshot'], readOnly: 'denied' },
  ),
  domainSnapshotDelete: call(
    193,
    { snap: nonnullDomainSnapshot, flags: uint },
    {},
    { acl: ['domain:snapshot'], readOnly: 'denied' },
  ),
  domainSnapshotGetParent: call(
    244,
    { snap: nonnullDomainSnapshot, flags: uint },
    { snap: nonnullDomainSnapshot },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSnapshotNumChildren: call(
    246,
    { snap: nonnullDomainSnapshot, flags: uint },
    { num: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSnapshotListChildrenNames: call(
    247,
    { snap: nonnullDomainSnapshot, maxnames: int, flags: uint },
    { names: array(nonnullString, limits.domainSnapshotList) },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSnapshotIsCurrent: call(
    271,
    { snap: nonnullDomainSnapshot, flags: uint },
    { current: int },
    { acl: ['domain:read'] },
  ),
  domainSnapshotHasMetadata: call(
    272,
    { snap: nonnullDomainSnapshot, flags: uint },
    { metadata: int },
    { acl: ['domain:read'] },
  ),
  domainListAllSnapshots: call(
    274,
    { dom: nonnullDomain, needResults: int, flags: uint },
    { snapshots: array(nonnullDomainSnapshot, limits.domainSnapshotList), ret: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSnapshotListAllChildren: call(
    275,
    { snapshot: nonnullDomainSnapshot, needResults: int, flags: uint },
    { snapshots: array(nonnullDomainSnapshot, limits.domainSnapshotList), ret: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainCheckpointCreateXML: call(
    411,
    { dom: nonnullDomain, xmlDesc: nonnullString, flags: uint },
    { checkpoint: nonnullDomainCheckpoint },
    { acl: ['domain:checkpoint', { permission: 'domain:fs_freeze', whenFlags: 0x2 }], readOnly: 'denied' },
  ),
  domainCheckpointGetXMLDesc: call(
    412,
    { checkpoint: nonnullDomainCheckpoint, flags: uint },
    { xml: nonnullString },
    { acl: ['domain:read', { permission: 'domain:read_secure', whenFlags: 0x1 }], readOnly: { deniedFlags: 0x1 } },
  ),
  domainListAllCheckpoints: call(
    413,
    { dom: nonnullDomain, needResults: int, flags: uint },
    { checkpoints: array(nonnullDomainCheckpoint, limits.domainCheckpointList), ret: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainCheckpointListAllChildren: call(
    414,
    { checkpoint: nonnullDomainCheckpoint, needResults: int, flags: uint },
    { checkpoints: array(nonnullDomainCheckpoint, limits.domainCheckpointList), ret: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainCheckpointLookupByName: call(
    415,
    { dom: nonnullDomain, name: nonnullString, flags: uint },
    { checkpoint: nonnullDomainCheckpoint },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainCheckpointGetParent: call(
    416,
    { checkpoint: nonnullDomainCheckpoint, flags: uint },
    { parent: nonnullDomainCheckpoint },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainCheckpointDelete: call(
    417,
    { checkpoint: nonnullDomainCheckpoint, flags: uint },
    {},
    { acl: ['domain:checkpoint'], readOnly: 'denied' },
  ),
  domainBackupBegin: call(
    421,
    { dom: nonnullDomain, backupXml: nonnullString, checkpointXml: nullableString, flags: uint },
    {},
    { acl: ['domain:checkpoint', 'domain:block_write'], readOnly: 'denied' },
  ),
  domainBackupGetXMLDesc: call(
    422,
    { dom: nonnullDomain, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['domain:read'] },
  ),
} as const;
