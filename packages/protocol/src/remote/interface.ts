import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullInterface, nonnullString } from './objects.js';

/** Network interfaces of the host. */
export const interfaceRows = {
  connectNumOfInterfaces: call(
    126,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_interfaces'], aclFilter: ['interface:getattr'] },
  ),
  connectListInterfaces: call(
    127,
    { maxnames: int },
    { names: array(nonnullString, limits.interfaceList) },
    { priority: 'high', acl: ['connect:search_interfaces'], aclFilter: ['interface:getattr'] },
  ),
  interfaceLookupByName: call(
    128,
    { name: nonnullString },
    { iface: nonnullInterface },
    { priority: 'high', acl: ['interface:getattr'] },
  ),
  interfaceLookupByMACString: call(
    129,
    { mac: nonnullString },
    { iface: nonnullInterface },
    { priority: 'high', acl: ['interface:getattr'] },
  ),
  interfaceGetXMLDesc: call(
    130,
    { iface: nonnullInterface, flags: uint },
    { xml: nonnullString },
    { acl: ['interface:read'] },
  ),
  interfaceDefineXML: call(
    131,
    { xml: nonnullString, flags: uint },
    { iface: nonnullInterface },
    { priority: 'high', acl: ['interface:write', 'interface:save'], readOnly: 'denied' },
  ),
  interfaceUndefine: call(
    132,
    { iface: nonnullInterface },
    {},
    { priority: 'high', acl: ['interface:delete'], readOnly: 'denied' },
  ),
  interfaceCreate: call(
    133,
    { iface: nonnullInterface, flags: uint },
    {},
    { acl: ['interface:start'], readOnly: 'denied' },
  ),
  interfaceDestroy: call(
    134,
    { iface: nonnullInterface, flags: uint },
    {},
    { priority: 'high', acl: ['interface:stop'], readOnly: 'denied' },
  ),
  connectNumOfDefinedInterfaces: call(
    137,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_interfaces'], aclFilter: ['interface:getattr'] },
  ),
  connectListDefinedInterfaces: call(
    138,
    { maxnames: int },
    { names: array(nonnullString, limits.interfaceList) },
    { priority: 'high', acl: ['connect:search_interfaces'], aclFilter: ['interface:getattr'] },
  ),
  interfaceIsActive: call(
    156,
    { iface: nonnullInterface },
    { active: int },
    { priority: 'high', acl: ['interface:read'] },
  ),
  interfaceChangeBegin: call(220, { flags: uint }, {}, { acl: ['connect:interface_transaction'], readOnly: 'denied' }),
  interfaceChangeCommit: call(221, { flags: uint }, {}, { acl: ['connect:interface_transaction'], readOnly: 'denied' }),
  interfaceChangeRollback: call(
    222,
    { flags: uint },
    {},
    { acl: ['connect:interface_transaction'], readOnly: 'denied' },
  ),
  connectListAllInterfaces: call(
    284,
    { needResults: int, flags: uint },
    { ifaces: array(nonnullInterface, limits.interfaceList), ret: uint },
    { priority: 'high', acl: ['connect:search_interfaces'], aclFilter: ['interface:getattr'] },
  ),
} as const;
