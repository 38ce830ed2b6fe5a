import { call } from '../program.js';
import { uuid } from '../xdr/bytes.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString } from './objects.js';

/** Finding and listing domains. */
export const domainListsRows = {
  connectListDefinedDomains: call(
    21,
    { maxnames: int },
    { names: array(nonnullString, limits.domainList) },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  domainLookupByID: call(22, { id: int }, { dom: nonnullDomain }, { priority: 'high', acl: ['domain:getattr'] }),
  domainLookupByName: call(
    23,
    { name: nonnullString },
    { dom: nonnullDomain },
    { priority: 'high', acl: ['domain:getattr'] },
  ),
  domainLookupByUUID: call(24, { uuid: uuid }, { dom: nonnullDomain }, { priority: 'high', acl: ['domain:getattr'] }),
  connectNumOfDefinedDomains: call(
    25,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  connectListDomains: call(
    37,
    { maxids: int },
    { ids: array(int, limits.domainList) },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  connectNumOfDomains: call(
    51,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  connectListAllDomains: call(
    273,
    { needResults: int, flags: uint },
    { domains: array(nonnullDomain, limits.domainList), ret: uint },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
} as const;
