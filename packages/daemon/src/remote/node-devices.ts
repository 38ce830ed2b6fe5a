import {
  defineFlags,
  type Handlers,
  inactiveFlags,
  limits,
  listNodeDevicesFlags,
  nodeDeviceCapabilities,
  noFlags,
  type remote,
  targetFlags,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit, checkedMax, listed, nothing } from './wire.js';

const listAll = flagged('virConnectListAllNodeDevices', { ...listNodeDevicesFlags, ...nodeDeviceCapabilities });
const count = flagged('virNodeNumOfDevices', noFlags);
const listNames = flagged('virNodeListDevices', noFlags);
const xmlDesc = flagged('virNodeDeviceGetXMLDesc', inactiveFlags);
const createXml = flagged('virNodeDeviceCreateXML', defineFlags);
const define = flagged('virNodeDeviceDefineXML', defineFlags);
const undefine = flagged('virNodeDeviceUndefine', noFlags);
const create = flagged('virNodeDeviceCreate', noFlags);
const update = flagged('virNodeDeviceUpdate', targetFlags);
const detach = flagged('virNodeDeviceDetachFlags', noFlags);
const byWwn = flagged('virNodeDeviceLookupSCSIHostByWWN', noFlags);

const withCapability = (
  cap: string | undefined,
): { readonly active: true; readonly capabilities?: readonly string[] } =>
  cap === undefined ? { active: true } : { active: true, capabilities: [cap] };

/** Devices of the host. */
export const nodeDeviceHandlers = {
  nodeNumOfDevices: async ({ cap, flags }, { state }) => ({
    num: (await state.session.nodeDevices.list(withCapability(cap), count.via(flags))).length,
  }),
  nodeListDevices: async ({ cap, maxnames, flags }, { state }) => {
    const api = 'virNodeListDevices';
    const max = checkedMax(maxnames, limits.nodeDeviceList, 'maxnames', 'REMOTE_NODE_DEVICE_LIST_MAX', api);
    const devices = await state.session.nodeDevices.list(withCapability(cap), listNames.via(flags));
    return { names: devices.slice(0, max).map(({ name }) => name) };
  },
  connectListAllNodeDevices: async ({ needResults, flags }, { state }) => {
    const capabilities = listAll.names(flags).filter((name) => name in nodeDeviceCapabilities);
    const filter = { ...listAll.options(flags), capabilities };
    const devices = await state.session.nodeDevices.list(filter, listAll.via(flags));
    const { items, ret } = listed(devices, needResults, ({ name }) => ({ name }));
    return { devices: items, ret };
  },
  nodeDeviceLookupByName: async ({ name }, { state }) => ({
    dev: { name: (await state.session.nodeDevices.lookupByName(name)).name },
  }),
  nodeDeviceLookupSCSIHostByWWN: async ({ wwnn, wwpn, flags }, { state }) => ({
    dev: { name: await state.session.nodeDevices.lookupScsiHostByWwn(wwnn, wwpn, byWwn.via(flags)) },
  }),
  nodeDeviceGetXMLDesc: async ({ name, flags }, { state }) => ({
    xml: await state.session.nodeDevices.xmlDesc(name, xmlDesc.options(flags), xmlDesc.via(flags)),
  }),
  nodeDeviceGetParent: async ({ name }, { state }) => ({
    parentName: (await state.session.nodeDevices.lookupByName(name, { function: 'virNodeDeviceGetParent' })).parent,
  }),
  nodeDeviceNumOfCaps: async ({ name }, { state }) => ({
    num: (await state.session.nodeDevices.lookupByName(name, { function: 'virNodeDeviceNumOfCaps' })).capabilities
      .length,
  }),
  nodeDeviceListCaps: async ({ name, maxnames }, { state }) => {
    const api = 'virNodeDeviceListCaps';
    const max = checkedMax(maxnames, limits.nodeDeviceCapsList, 'maxnames', 'REMOTE_NODE_DEVICE_CAPS_LIST_MAX', api);
    const { capabilities } = await state.session.nodeDevices.lookupByName(name, { function: api });
    return { names: capabilities.slice(0, max) };
  },
  nodeDeviceCreateXML: async ({ xmlDesc: xml, flags }, { state }) => ({
    dev: { name: await state.session.nodeDevices.creation.createTransient(xml, createXml.via(flags)) },
  }),
  nodeDeviceDefineXML: async ({ xmlDesc: xml, flags }, { state }) => ({
    dev: { name: await state.session.nodeDevices.creation.define(xml, define.via(flags)) },
  }),
  nodeDeviceDestroy: async ({ name }, { state }) => nothing(state.session.nodeDevices.destroy(name)),
  nodeDeviceUndefine: async ({ name, flags }, { state }) =>
    nothing(state.session.nodeDevices.undefine(name, undefine.via(flags))),
  nodeDeviceCreate: async ({ name, flags }, { state }) =>
    nothing(state.session.nodeDevices.start(name, create.via(flags))),
  nodeDeviceUpdate: async ({ name, xmlDesc: xml, flags }, { state }) =>
    nothing(state.session.nodeDevices.update(name, xml, update.options(flags), update.via(flags))),
  nodeDeviceDettach: async ({ name }, { state }) =>
    nothing(state.session.nodeDevices.detach(name, undefined, { function: 'virNodeDeviceDettach' })),
  nodeDeviceDetachFlags: async ({ name, driverName, flags }, { state }) =>
    nothing(state.session.nodeDevices.detach(name, driverName, detach.via(flags))),
  nodeDeviceReAttach: async ({ name }, { state }) => nothing(state.session.nodeDevices.reattach(name)),
  nodeDeviceReset: async ({ name }, { state }) => nothing(state.session.nodeDevices.reset(name)),
  nodeDeviceGetAutostart: async ({ name }, { state }) => ({
    autostart: bit(
      (await state.session.nodeDevices.lookupByName(name, { function: 'virNodeDeviceGetAutostart' })).autostart,
    ),
  }),
  nodeDeviceSetAutostart: async ({ name, autostart }, { state }) =>
    nothing(state.session.nodeDevices.setAutostart(name, autostart !== 0)),
  nodeDeviceIsActive: async ({ name }, { state }) => ({
    active: bit((await state.session.nodeDevices.lookupByName(name, { function: 'virNodeDeviceIsActive' })).active),
  }),
  nodeDeviceIsPersistent: async ({ name }, { state }) => ({
    persistent: bit(
      (await state.session.nodeDevices.lookupByName(name, { function: 'virNodeDeviceIsPersistent' })).persistent,
    ),
  }),
} satisfies Handlers<typeof remote, RemoteCall>;
