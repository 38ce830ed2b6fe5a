import { call } from '../program.js';
import { opaque, uuid } from '../xdr/bytes.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullSecret, nonnullString } from './objects.js';

/** Secrets. */
export const secretRows = {
  connectNumOfSecrets: call(
    139,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_secrets'], aclFilter: ['secret:getattr'] },
  ),
  connectListSecrets: call(
    140,
    { maxuuids: int },
    { uuids: array(nonnullString, limits.secretList) },
    { priority: 'high', acl: ['connect:search_secrets'], aclFilter: ['secret:getattr'] },
  ),
  secretLookupByUUID: call(
    141,
    { uuid: uuid },
    { secret: nonnullSecret },
    { priority: 'high', acl: ['secret:getattr'] },
  ),
  secretDefineXML: call(
    142,
    { xml: nonnullString, flags: uint },
    { secret: nonnullSecret },
    { priority: 'high', acl: ['secret:write', 'secret:save'], readOnly: 'denied' },
  ),
  secretGetXMLDesc: call(
    143,
    { secret: nonnullSecret, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['secret:read'] },
  ),
  secretSetValue: call(
    144,
    { secret: nonnullSecret, value: opaque(limits.secretValue), flags: uint },
    {},
    { priority: 'high', acl: ['secret:write'], readOnly: 'denied' },
  ),
  secretGetValue: call(
    145,
    { secret: nonnullSecret, flags: uint },
    { value: opaque(limits.secretValue) },
    { priority: 'high', acl: ['secret:read_secure'], readOnly: 'denied' },
  ),
  secretUndefine: call(
    146,
    { secret: nonnullSecret },
    {},
    { priority: 'high', acl: ['secret:delete'], readOnly: 'denied' },
  ),
  secretLookupByUsage: call(
    147,
    { usageType: int, usageID: nonnullString },
    { secret: nonnullSecret },
    { priority: 'high', acl: ['secret:getattr'] },
  ),
  connectListAllSecrets: call(
    287,
    { needResults: int, flags: uint },
    { secrets: array(nonnullSecret, limits.secretList), ret: uint },
    { priority: 'high', acl: ['connect:search_secrets'], aclFilter: ['secret:getattr'] },
  ),
} as const;
