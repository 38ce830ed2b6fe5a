import { call } from '../program.js';
import { uuid } from '../xdr/bytes.js';
import { array, struct } from '../xdr/composites.js';
import { hyper, int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullNetwork, nonnullNetworkPort, nonnullString, nullableString, typedParam } from './objects.js';

const networkDhcpLease = struct({
  iface: nonnullString,
  expirytime: hyper,
  type: int,
  mac: nullableString,
  iaid: nullableString,
  ipaddr: nonnullString,
  prefix: uint,
  hostname: nullableString,
  clientid: nullableString,
});

/** Networks, their leases and ports. */
export const networkRows = {
  connectListDefinedNetworks: call(
    36,
    { maxnames: int },
    { names: array(nonnullString, limits.networkList) },
    { priority: 'high', acl: ['connect:search_networks'], aclFilter: ['network:getattr'] },
  ),
  connectListNetworks: call(
    38,
    { maxnames: int },
    { names: array(nonnullString, limits.networkList) },
    { priority: 'high', acl: ['connect:search_networks'], aclFilter: ['network:getattr'] },
  ),
  networkCreate: call(39, { net: nonnullNetwork }, {}, { acl: ['network:start'], readOnly: 'denied' }),
  networkCreateXML: call(
    40,
    { xml: nonnullString },
    { net: nonnullNetwork },
    { acl: ['network:write', 'network:start'], readOnly: 'denied' },
  ),
  networkDefineXML: call(
    41,
    { xml: nonnullString },
    { net: nonnullNetwork },
    { priority: 'high', acl: ['network:write', 'network:save'], readOnly: 'denied' },
  ),
  networkDestroy: call(
    42,
    { net: nonnullNetwork },
    {},
    { priority: 'high', acl: ['network:stop'], readOnly: 'denied' },
  ),
  networkGetXMLDesc: call(
    43,
    { net: nonnullNetwork, flags: uint },
    { xml: nonnullString },
    { priority: 'high', acl: ['network:read'] },
  ),
  networkGetAutostart: call(
    44,
    { net: nonnullNetwork },
    { autostart: int },
    { priority: 'high', acl: ['network:read'] },
  ),
  networkGetBridgeName: call(
    45,
    { net: nonnullNetwork },
    { name: nonnullString },
    { priority: 'high', acl: ['network:read'] },
  ),
  networkLookupByName: call(
    46,
    { name: nonnullString },
    { net: nonnullNetwork },
    { priority: 'high', acl: ['network:getattr'] },
  ),
  networkLookupByUUID: call(
    47,
    { uuid: uuid },
    { net: nonnullNetwork },
    { priority: 'high', acl: ['network:getattr'] },
  ),
  networkSetAutostart: call(
    48,
    { net: nonnullNetwork, autostart: int },
    {},
    { priority: 'high', acl: ['network:write'], readOnly: 'denied' },
  ),
  networkUndefine: call(
    49,
    { net: nonnullNetwork },
    {},
    { priority: 'high', acl: ['network:delete'], readOnly: 'denied' },
  ),
  connectNumOfDefinedNetworks: call(
    50,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_networks'], aclFilter: ['network:getattr'] },
  ),
  connectNumOfNetworks: call(
    52,
    {},
    { num: int },
    { priority: 'high', acl: ['connect:search_networks'], aclFilter: ['network:getattr'] },
  ),
  networkIsActive: call(152, { net: nonnullNetwork }, { active: int }, { priority: 'high', acl: ['network:read'] }),
  networkIsPersistent: call(
    153,
    { net: nonnullNetwork },
    { persistent: int },
    { priority: 'high', acl: ['network:read'] },
  ),
  connectListAllNetworks: call(
    283,
    { needResults: int, flags: uint },
    { nets: array(nonnullNetwork, limits.networkList), ret: uint },
    { priority: 'high', acl: ['connect:search_networks'], aclFilter: ['network:getattr'] },
  ),
  networkUpdate: call(
    291,
    { net: nonnullNetwork, command: uint, section: uint, parentIndex: int, xml: nonnullString, flags: uint },
    {},
    {
      priority: 'high',
      acl: [
        'network:write',
        { permission: 'network:save', unlessFlags: 0x3 },
        { permission: 'network:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  networkGetDHCPLeases: call(
    341,
    { net: nonnullNetwork, mac: nullableString, needResults: int, flags: uint },
    { leases: array(networkDhcpLease, limits.networkDhcpLeases), ret: uint },
    { acl: ['network:read'] },
  ),
  networkListAllPorts: call(
    404,
    { network: nonnullNetwork, needResults: int, flags: uint },
    { ports: array(nonnullNetworkPort, limits.networkPortList), ret: uint },
    { priority: 'high', acl: ['network:search_ports'], aclFilter: ['network_port:getattr'] },
  ),
  networkPortLookupByUUID: call(
    405,
    { network: nonnullNetwork, uuid: uuid },
    { port: nonnullNetworkPort },
    { priority: 'high', acl: ['network_port:getattr'] },
  ),
  networkPortCreateXML: call(
    406,
    { network: nonnullNetwork, xml: nonnullString, flags: uint },
    { port: nonnullNetworkPort },
    { acl: ['network_port:create'], readOnly: 'denied' },
  ),
  networkPortGetParameters: call(
    407,
    { port: nonnullNetworkPort, nparams: int, flags: uint },
    { params: array(typedParam, limits.networkPortParameters), nparams: int },
    { acl: ['network_port:read'] },
  ),
  networkPortSetParameters: call(
    408,
    { port: nonnullNetworkPort, params: array(typedParam, limits.networkPortParameters), flags: uint },
    {},
    { acl: ['network_port:write'], readOnly: 'denied' },
  ),
  networkPortGetXMLDesc: call(
    409,
    { port: nonnullNetworkPort, flags: uint },
    { xml: nonnullString },
    { acl: ['network_port:read'] },
  ),
  networkPortDelete: call(
    410,
    { port: nonnullNetworkPort, flags: uint },
    {},
    { acl: ['network_port:delete'], readOnly: 'denied' },
  ),
  networkDefineXMLFlags: call(
    432,
    { xml: nonnullString, flags: uint },
    { net: nonnullNetwork },
    { priority: 'high', acl: ['network:write', 'network:save'], readOnly: 'denied' },
  ),
  networkCreateXMLFlags: call(
    437,
    { xml: nonnullString, flags: uint },
    { net: nonnullNetwork },
    { priority: 'high', acl: ['network:write', 'network:start'], readOnly: 'denied' },
  ),
  networkSetMetadata: call(
    444,
    {
      network: nonnullNetwork,
      type: int,
      metadata: nullableString,
      key: nullableString,
      uri: nullableString,
      flags: uint,
    },
    {},
    {
      acl: [
        'network:write',
        { permission: 'network:save', unlessFlags: 0x3 },
        { permission: 'network:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  networkGetMetadata: call(
    445,
    { network: nonnullNetwork, type: int, uri: nullableString, flags: uint },
    { metadata: nonnullString },
    { acl: ['network:read'] },
  ),
} as const;
