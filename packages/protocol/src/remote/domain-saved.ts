import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, nullableString, typedParam } from './objects.js';

/** Domains saved to files, managed save, core dumps. */
export const domainSavedRows = {
  domainCoreDump: call(
    53,
    { dom: nonnullDomain, to: nonnullString, flags: uint },
    {},
    { acl: ['domain:core_dump'], readOnly: 'denied' },
  ),
  domainRestore: call(54, { from: nonnullString }, {}, { acl: ['domain:start', 'domain:write'], readOnly: 'denied' }),
  domainSave: call(
    55,
    { dom: nonnullDomain, to: nonnullString },
    {},
    { acl: ['domain:hibernate'], readOnly: 'denied' },
  ),
  domainManagedSave: call(
    182,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:hibernate'], readOnly: 'denied' },
  ),
  domainHasManagedSaveImage: call(183, { dom: nonnullDomain, flags: uint }, { result: int }, { acl: ['domain:read'] }),
  domainManagedSaveRemove: call(
    184,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:hibernate'], readOnly: 'denied' },
  ),
  domainSaveFlags: call(
    232,
    { dom: nonnullDomain, to: nonnullString, dxml: nullableString, flags: uint },
    {},
    { acl: ['domain:hibernate'], readOnly: 'denied' },
  ),
  domainRestoreFlags: call(
    233,
    { from: nonnullString, dxml: nullableString, flags: uint },
    {},
    { acl: ['domain:start', 'domain:write'], readOnly: 'denied' },
  ),
  domainSaveImageGetXMLDesc: call(
    235,
    { file: nonnullString, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSaveImageDefineXML: call(
    236,
    { file: nonnullString, dxml: nonnullString, flags: uint },
    {},
    { priority: 'high', acl: ['domain:write', 'domain:hibernate'], readOnly: 'denied' },
  ),
  domainCoreDumpWithFormat: call(
    334,
    { dom: nonnullDomain, to: nonnullString, dumpformat: uint, flags: uint },
    {},
    { acl: ['domain:core_dump'], readOnly: 'denied' },
  ),
  domainManagedSaveGetXMLDesc: call(
    388,
    { dom: nonnullDomain, flags: uint },
    { xml: nonnullString },
    { acl: ['domain:read', { permission: 'domain:read_secure', whenFlags: 0x1 }], readOnly: { deniedFlags: 0x1 } },
  ),
  domainManagedSaveDefineXML: call(
    389,
    { dom: nonnullDomain, dxml: nullableString, flags: uint },
    {},
    { acl: ['domain:write', 'domain:hibernate'], readOnly: 'denied' },
  ),
  domainSaveParams: call(
    440,
    { dom: nonnullDomain, params: array(typedParam, limits.domainSaveParams), flags: uint },
    {},
    { acl: ['domain:hibernate'], readOnly: 'denied' },
  ),
  domainRestoreParams: call(
    441,
    { params: array(typedParam, limits.domainSaveParams), flags: uint },
    {},
    { acl: ['domain:start', 'domain:write'], readOnly: 'denied' },
  ),
} as const;
