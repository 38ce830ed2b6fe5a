import { call } from '../program.js';
import { uuid } from '../xdr/bytes.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullNwfilter, nonnullNwfilterBinding, nonnullString } from './objects.js';

/** Network filters and their bindings. */
export const nwfilterRows = {
  nWFilterLookupByName: call(
    175,
    { name: nonnullString },
    { nwfilter: nonnullNwfilter },
    { priority: 'high', acl: ['nwfilter:getattr'] },
  ),
  nWFilterLookupByUUID: call(
    176,
    { uuid: uuid },
    { nwfilter: nonnullNwfilter },
    { priority: 'high', acl: ['nwfilter:getattr'] },
  ),
  nWFilterGetXMLDesc: call(
    177,
    { nwfilter: nonnullNwfilter, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['nwfilter:read'] },
  ),
  connectNumOfNWFilters: call(
    178,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_nwfilters'], aclFilter: ['nwfilter:getattr'] },
  ),
  connectListNWFilters: call(
    179,
    { maxnames: int },
    { names: array(nonnullString, limits.nwfilterList) },
    { priority: 'high', acl: ['connect:search_nwfilters'], aclFilter: ['nwfilter:getattr'] },
  ),
  nWFilterDefineXML: call(
    180,
    { xml: nonnullString },
    { nwfilter: nonnullNwfilter },
    { priority: 'high', acl: ['nwfilter:write', 'nwfilter:save'], readOnly: 'denied' },
  ),
  nWFilterUndefine: call(
    181,
    { nwfilter: nonnullNwfilter },
    {},
    { priority: 'high', acl: ['nwfilter:delete'], readOnly: 'denied' },
  ),
  connectListAllNWFilters: call(
    286,
    { needResults: int, flags: uint },
    { filters: array(nonnullNwfilter, limits.nwfilterList), ret: uint },
    { priority: 'high', acl: ['connect:search_nwfilters'], aclFilter: ['nwfilter:getattr'] },
  ),
  nWFilterBindingLookupByPortDev: call(
    397,
    { name: nonnullString },
    { nwfilter: nonnullNwfilterBinding },
    { priority: 'high', acl: ['nwfilter_binding:getattr'] },
  ),
  nWFilterBindingGetXMLDesc: call(
    398,
    { nwfilter: nonnullNwfilterBinding, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['nwfilter_binding:read'] },
  ),
  nWFilterBindingCreateXML: call(
    399,
    { xml: nonnullString, flags: uint },
    { nwfilter: nonnullNwfilterBinding },
    { priority: 'high', acl: ['nwfilter_binding:create'], readOnly: 'denied' },
  ),
  nWFilterBindingDelete: call(
    400,
    { nwfilter: nonnullNwfilterBinding },
    {},
    { priority: 'high', acl: ['nwfilter_binding:delete'], readOnly: 'denied' },
  ),
  connectListAllNWFilterBindings: call(
    401,
    { needResults: int, flags: uint },
    { bindings: array(nonnullNwfilterBinding, limits.nwfilterBindingList), ret: uint },
    { priority: 'high', acl: ['connect:search_nwfilter_bindings'], aclFilter: ['nwfilter_binding:getattr'] },
  ),
  nWFilterDefineXMLFlags: call(
    431,
    { xml: nonnullString, flags: uint },
    { nwfilter: nonnullNwfilter },
    { priority: 'high', acl: ['nwfilter:write', 'nwfilter:save'], readOnly: 'denied' },
  ),
} as const;
