import {
  defineFlags,
  type Handlers,
  inactiveFlags,
  limits,
  listInterfacesFlags,
  noFlags,
  type remote,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit, checkedMax, listed, nothing, wireInterface } from './wire.js';

const listAll = flagged('virConnectListAllInterfaces', listInterfacesFlags);
const xmlDesc = flagged('virInterfaceGetXMLDesc', inactiveFlags);
const define = flagged('virInterfaceDefineXML', defineFlags);
const create = flagged('virInterfaceCreate', noFlags);
const destroy = flagged('virInterfaceDestroy', noFlags);
const begin = flagged('virInterfaceChangeBegin', noFlags);
const commit = flagged('virInterfaceChangeCommit', noFlags);
const rollback = flagged('virInterfaceChangeRollback', noFlags);

const names = (max: number, api: string): number =>
  checkedMax(max, limits.interfaceList, 'maxnames', 'REMOTE_INTERFACE_LIST_MAX', api);

/** Network interfaces of the host. */
export const interfaceHandlers = {
  connectNumOfInterfaces: async (_args, { state }) => ({
    num: (await state.session.interfaces.list({ active: true }, { function: 'virConnectNumOfInterfaces' })).length,
  }),
  connectListInterfaces: async ({ maxnames }, { state }) => {
    const max = names(maxnames, 'virConnectListInterfaces');
    const all = await state.session.interfaces.list({ active: true }, { function: 'virConnectListInterfaces' });
    return { names: all.slice(0, max).map(({ ref }) => ref.name) };
  },
  connectNumOfDefinedInterfaces: async (_args, { state }) => ({
    num: (await state.session.interfaces.list({ inactive: true }, { function: 'virConnectNumOfDefinedInterfaces' }))
      .length,
  }),
  connectListDefinedInterfaces: async ({ maxnames }, { state }) => {
    const max = names(maxnames, 'virConnectListDefinedInterfaces');
    const all = await state.session.interfaces.list(
      { inactive: true },
      { function: 'virConnectListDefinedInterfaces' },
    );
    return { names: all.slice(0, max).map(({ ref }) => ref.name) };
  },
  connectListAllInterfaces: async ({ needResults, flags }, { state }) => {
    const all = await state.session.interfaces.list(listAll.options(flags), listAll.via(flags));
    const { items, ret } = listed(all, needResults, ({ ref }) => wireInterface(ref));
    return { ifaces: items, ret };
  },
  interfaceLookupByName: async ({ name }, { state }) => ({
    iface: wireInterface((await state.session.interfaces.lookupByName(name)).ref),
  }),
  interfaceLookupByMACString: async ({ mac }, { state }) => ({
    iface: wireInterface(await state.session.interfaces.lookupByMac(mac)),
  }),
  interfaceGetXMLDesc: async ({ iface, flags }, { state }) => ({
    xml: await state.session.interfaces.xmlDesc(iface.name, xmlDesc.options(flags), xmlDesc.via(flags)),
  }),
  interfaceDefineXML: async ({ xml, flags }, { state }) => ({
    iface: wireInterface(await state.session.interfaces.changes.define(xml, define.via(flags))),
  }),
  interfaceUndefine: async ({ iface }, { state }) => nothing(state.session.interfaces.undefine(iface.name)),
  interfaceCreate: async ({ iface, flags }, { state }) =>
    nothing(state.session.interfaces.start(iface.name, create.via(flags))),
  interfaceDestroy: async ({ iface, flags }, { state }) =>
    nothing(state.session.interfaces.stop(iface.name, destroy.via(flags))),
  interfaceIsActive: async ({ iface }, { state }) => ({
    active: bit((await state.session.interfaces.lookupByName(iface.name, { function: 'virInterfaceIsActive' })).active),
  }),
  interfaceChangeBegin: async ({ flags }, { state }) =>
    nothing(state.session.interfaces.changes.begin(begin.via(flags))),
  interfaceChangeCommit: async ({ flags }, { state }) =>
    nothing(state.session.interfaces.changes.commit(commit.via(flags))),
  interfaceChangeRollback: async ({ flags }, { state }) =>
    nothing(state.session.interfaces.changes.rollback(rollback.via(flags))),
} satisfies Handlers<typeof remote, RemoteCall>;
