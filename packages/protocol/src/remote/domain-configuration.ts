import { call } from '../program.js';
import { int, uint, unsignedChar, unsignedHyper, unsignedShort } from '../xdr/scalars.js';
import { nonnullDomain, nonnullString, nullableString } from './objects.js';

/** Definition, description, state and flags of domains. */
export const domainConfigurationRows = {
  domainDefineXML: call(
    11,
    { xml: nonnullString },
    { dom: nonnullDomain },
    { priority: 'high', acl: ['domain:write', 'domain:save'], readOnly: 'denied' },
  ),
  domainGetXMLDesc: call(
    14,
    { dom: nonnullDomain, flags: uint },
    { xml: nonnullString },
    {
      acl: [
        'domain:read',
        { permission: 'domain:read_secure', whenFlags: 0x1 },
        { permission: 'domain:read_secure', whenFlags: 0x8 },
      ],
      readOnly: { deniedFlags: 0x9 },
    },
  ),
  domainGetAutostart: call(15, { dom: nonnullDomain }, { autostart: int }, { priority: 'high', acl: ['domain:read'] }),
  domainGetInfo: call(
    16,
    { dom: nonnullDomain },
    {
      state: unsignedChar,
      maxMem: unsignedHyper,
      memory: unsignedHyper,
      nrVirtCpu: unsignedShort,
      cpuTime: unsignedHyper,
    },
    { acl: ['domain:read'] },
  ),
  domainGetOSType: call(
    19,
    { dom: nonnullDomain },
    { type: nonnullString },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSetAutostart: call(
    29,
    { dom: nonnullDomain, autostart: int },
    {},
    { priority: 'high', acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainUndefine: call(
    35,
    { dom: nonnullDomain },
    {},
    { priority: 'high', acl: ['domain:delete'], readOnly: 'denied' },
  ),
  domainIsActive: call(150, { dom: nonnullDomain }, { active: int }, { priority: 'high', acl: ['domain:read'] }),
  domainIsPersistent: call(
    151,
    { dom: nonnullDomain },
    { persistent: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainIsUpdated: call(202, { dom: nonnullDomain }, { updated: int }, { priority: 'high', acl: ['domain:read'] }),
  domainGetState: call(
    212,
    { dom: nonnullDomain, flags: uint },
    { state: int, reason: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainUndefineFlags: call(
    231,
    { dom: nonnullDomain, flags: uint },
    {},
    { priority: 'high', acl: ['domain:delete'], readOnly: 'denied' },
  ),
  domainSetMetadata: call(
    264,
    { dom: nonnullDomain, type: int, metadata: nullableString, key: nullableString, uri: nullableString, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainGetMetadata: call(
    265,
    { dom: nonnullDomain, type: int, uri: nullableString, flags: uint },
    { metadata: nonnullString },
    { acl: ['domain:read'] },
  ),
  domainDefineXMLFlags: call(
    350,
    { xml: nonnullString, flags: uint },
    { dom: nonnullDomain },
    { priority: 'high', acl: ['domain:write', 'domain:save'], readOnly: 'denied' },
  ),
  domainRename: call(
    358,
    { dom: nonnullDomain, newName: nullableString, flags: uint },
    { retcode: int },
    { acl: ['domain:write', 'domain:save'], readOnly: 'denied' },
  ),
  domainAgentSetResponseTimeout: call(
    420,
    { dom: nonnullDomain, timeout: int, flags: uint },
    { result: int },
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainGetAutostartOnce: call(
    449,
    { dom: nonnullDomain },
    { autostart: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSetAutostartOnce: call(
    450,
    { dom: nonnullDomain, autostart: int },
    {},
    { priority: 'high', acl: ['domain:write'], readOnly: 'denied' },
  ),
} as const;
