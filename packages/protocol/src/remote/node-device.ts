import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullNodeDevice, nonnullString, nullableString } from './objects.js';

/** Devices of the host. */
export const nodeDeviceRows = {
  nodeNumOfDevices: call(
    111,
    { cap: nullableString, flags: uint },
    { num: int },
    { priority: 'high', acl: ['connect:search_node_devices'], aclFilter: ['node_device:getattr'] },
  ),
  nodeListDevices: call(
    112,
    { cap: nullableString, maxnames: int, flags: uint },
    { names: array(nonnullString, limits.nodeDeviceList) },
    { priority: 'high', acl: ['connect:search_node_devices'], aclFilter: ['node_device:getattr'] },
  ),
  nodeDeviceLookupByName: call(
    113,
    { name: nonnullString },
    { dev: nonnullNodeDevice },
    { priority: 'high', acl: ['node_device:getattr'] },
  ),
  nodeDeviceGetXMLDesc: call(
    114,
    { name: nonnullString, flags: uint },
    { xml: nonnullString },
    { acl: ['node_device:read'] },
  ),
  nodeDeviceGetParent: call(
    115,
    { name: nonnullString },
    { parentName: nullableString },
    { priority: 'high', acl: ['node_device:read'] },
  ),
  nodeDeviceNumOfCaps: call(
    116,
    { name: nonnullString },
    { num: int },
    { priority: 'high', acl: ['node_device:read'] },
  ),
  nodeDeviceListCaps: call(
    117,
    { name: nonnullString, maxnames: int },
    { names: array(nonnullString, limits.nodeDeviceCapsList) },
    { priority: 'high', acl: ['node_device:read'] },
  ),
  nodeDeviceDettach: call(118, { name: nonnullString }, {}, { acl: ['node_device:detach'], readOnly: 'denied' }),
  nodeDeviceReAttach: call(119, { name: nonnullString }, {}, { acl: ['node_device:detach'], readOnly: 'denied' }),
  nodeDeviceReset: call(120, { name: nonnullString }, {}, { acl: ['node_device:detach'], readOnly: 'denied' }),
  nodeDeviceCreateXML: call(
    123,
    { xmlDesc: nonnullString, flags: uint },
    { dev: nonnullNodeDevice },
    { acl: ['node_device:write', 'node_device:start'], readOnly: 'denied' },
  ),
  nodeDeviceDestroy: call(
    124,
    { name: nonnullString },
    {},
    { priority: 'high', acl: ['node_device:stop'], readOnly: 'denied' },
  ),
  connectListAllNodeDevices: call(
    285,
    { needResults: int, flags: uint },
    { devices: array(nonnullNodeDevice, limits.nodeDeviceList), ret: uint },
    { priority: 'high', acl: ['connect:search_node_devices'], aclFilter: ['node_device:getattr'] },
  ),
  nodeDeviceLookupSCSIHostByWWN: call(
    297,
    { wwnn: nonnullString, wwpn: nonnullString, flags: uint },
    { dev: nonnullNodeDevice },
    { priority: 'high', acl: ['node_device:getattr'] },
  ),
  nodeDeviceDetachFlags: call(
    301,
    { name: nonnullString, driverName: nullableString, flags: uint },
    {},
    { acl: ['node_device:detach'], readOnly: 'denied' },
  ),
  nodeDeviceDefineXML: call(
    428,
    { xmlDesc: nonnullString, flags: uint },
    { dev: nonnullNodeDevice },
    { acl: ['node_device:write', 'node_device:save'], readOnly: 'denied' },
  ),
  nodeDeviceUndefine: call(
    429,
    { name: nonnullString, flags: uint },
    {},
    { priority: 'high', acl: ['node_device:delete'], readOnly: 'denied' },
  ),
  nodeDeviceCreate: call(
    430,
    { name: nonnullString, flags: uint },
    {},
    { priority: 'high', acl: ['node_device:start'], readOnly: 'denied' },
  ),
  nodeDeviceGetAutostart: call(
    433,
    { name: nonnullString },
    { autostart: int },
    { priority: 'high', acl: ['node_device:read'] },
  ),
  nodeDeviceSetAutostart: call(
    434,
    { name: nonnullString, autostart: int },
    {},
    { priority: 'high', acl: ['node_device:write'], readOnly: 'denied' },
  ),
  nodeDeviceIsPersistent: call(
    435,
    { name: nonnullString },
    { persistent: int },
    { priority: 'high', acl: ['node_device:read'] },
  ),
  nodeDeviceIsActive: call(
    436,
    { name: nonnullString },
    { active: int },
    { priority: 'high', acl: ['node_device:read'] },
  ),
  nodeDeviceUpdate: call(
    447,
    { name: nonnullString, xmlDesc: nonnullString, flags: uint },
    {},
    {
      priority: 'high',
      acl: [
        'node_device:write',
        { permission: 'node_device:save', unlessFlags: 0x3 },
        { permission: 'node_device:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
} as const;
