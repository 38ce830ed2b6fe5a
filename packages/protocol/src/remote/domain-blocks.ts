import { call } from '../program.js';
import { opaque } from '../xdr/bytes.js';
import { array, struct } from '../xdr/composites.js';
import { int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, nullableString, typedParam } from './objects.js';

const domainDiskError = struct({ disk: nonnullString, error: int });

/** Block jobs, and reading and resizing disks. */
export const domainBlocksRows = {
  domainBlockPeek: call(
    103,
    { dom: nonnullDomain, path: nonnullString, offset: unsignedHyper, size: uint, flags: uint },
    { buffer: opaque(limits.domainBlockPeekBuffer) },
    { acl: ['domain:block_read'], readOnly: 'denied' },
  ),
  domainMemoryPeek: call(
    104,
    { dom: nonnullDomain, offset: unsignedHyper, size: uint, flags: uint },
    { buffer: opaque(limits.domainMemoryPeekBuffer) },
    { acl: ['domain:mem_read'], readOnly: 'denied' },
  ),
  domainGetBlockInfo: call(
    194,
    { dom: nonnullDomain, path: nonnullString, flags: uint },
    { allocation: unsignedHyper, capacity: unsignedHyper, physical: unsignedHyper },
    { acl: ['domain:read'] },
  ),
  domainBlockJobAbort: call(
    237,
    { dom: nonnullDomain, path: nonnullString, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainGetBlockJobInfo: call(
    238,
    { dom: nonnullDomain, path: nonnullString, flags: uint },
    { found: int, type: int, bandwidth: unsignedHyper, cur: unsignedHyper, end: unsignedHyper },
    { acl: ['domain:read'] },
  ),
  domainBlockJobSetSpeed: call(
    239,
    { dom: nonnullDomain, path: nonnullString, bandwidth: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainBlockPull: call(
    240,
    { dom: nonnullDomain, path: nonnullString, bandwidth: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:block_write'], readOnly: 'denied' },
  ),
  domainBlockResize: call(
    251,
    { dom: nonnullDomain, disk: nonnullString, size: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:block_write'], readOnly: 'denied' },
  ),
  domainGetDiskErrors: call(
    263,
    { dom: nonnullDomain, maxerrors: uint, flags: uint },
    { errors: array(domainDiskError, limits.domainDiskErrors), nerrors: int },
    { acl: ['domain:read'] },
  ),
  domainBlockRebase: call(
    266,
    { dom: nonnullDomain, path: nonnullString, base: nullableString, bandwidth: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:block_write'], readOnly: 'denied' },
  ),
  domainBlockCommit: call(
    290,
    {
      dom: nonnullDomain,
      disk: nonnullString,
      base: nullableString,
      top: nullableString,
      bandwidth: unsignedHyper,
      flags: uint,
    },
    {},
    { acl: ['domain:block_write'], readOnly: 'denied' },
  ),
  domainBlockCopy: call(
    345,
    {
      dom: nonnullDomain,
      path: nonnullString,
      destxml: nonnullString,
      params: array(typedParam, limits.domainBlockCopyParameters),
      flags: uint,
    },
    {},
    { acl: ['domain:block_write'], readOnly: 'denied' },
  ),
  domainSetBlockThreshold: call(
    386,
    { dom: nonnullDomain, dev: nonnullString, threshold: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
} as const;
