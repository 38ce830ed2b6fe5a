import type { DhcpLease } from '@virtkit/core';
import {
  addressFamilies,
  defineFlags,
  type Handlers,
  inactiveFlags,
  limits,
  listNetworksFlags,
  metadataTypes,
  networkUpdateCommands,
  networkUpdateSections,
  noFlags,
  type remote,
  targetFlags,
} from '@virtkit/protocol';
import { metadataChange } from './domain-configuration.js';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit, checkedMax, chosen, listed, nothing, wireObject } from './wire.js';

const listAll = flagged('virConnectListAllNetworks', listNetworksFlags);
const define = flagged('virNetworkDefineXMLFlags', defineFlags);
const create = flagged('virNetworkCreateXMLFlags', defineFlags);
const xmlDesc = flagged('virNetworkGetXMLDesc', inactiveFlags);
const update = flagged('virNetworkUpdate', targetFlags);
const leases = flagged('virNetworkGetDHCPLeases', noFlags);
const setMetadata = flagged('virNetworkSetMetadata', targetFlags);
const getMetadata = flagged('virNetworkGetMetadata', targetFlags);

const names = (max: number, api: string): number =>
  checkedMax(max, limits.networkList, 'maxnames', 'REMOTE_NETWORK_LIST_MAX', api);

/** Networks and their leases. */
export const networkHandlers = {
  connectNumOfNetworks: async (_args, { state }) => ({
    num: (await state.session.networks.list({ active: true }, { function: 'virConnectNumOfNetworks' })).length,
  }),
  connectListNetworks: async ({ maxnames }, { state }) => {
    const max = names(maxnames, 'virConnectListNetworks');
    const networks = await state.session.networks.list({ active: true }, { function: 'virConnectListNetworks' });
    return { names: networks.slice(0, max).map(({ ref }) => ref.name) };
  },
  connectNumOfDefinedNetworks: async (_args, { state }) => ({
    num: (await state.session.networks.list({ inactive: true }, { function: 'virConnectNumOfDefinedNetworks' })).length,
  }),
  connectListDefinedNetworks: async ({ maxnames }, { state }) => {
    const max = names(maxnames, 'virConnectListDefinedNetworks');
    const networks = await state.session.networks.list(
      { inactive: true },
      { function: 'virConnectListDefinedNetworks' },
    );
    return { names: networks.slice(0, max).map(({ ref }) => ref.name) };
  },
  connectListAllNetworks: async ({ needResults, flags }, { state }) => {
    const networks = await state.session.networks.list(listAll.options(flags), listAll.via(flags));
    const { items, ret } = listed(networks, needResults, ({ ref }) => wireObject(ref));
    return { nets: items, ret };
  },
  networkLookupByName: async ({ name }, { state }) => ({
    net: wireObject((await state.session.networks.lookupByName(name)).ref),
  }),
  networkLookupByUUID: async ({ uuid }, { state }) => ({
    net: wireObject((await state.session.networks.lookupByUuid(uuid)).ref),
  }),
  networkDefineXML: async ({ xml }, { state }) => ({
    net: wireObject(await state.session.networks.define(xml, {}, { function: 'virNetworkDefineXML' })),
  }),
  networkDefineXMLFlags: async ({ xml, flags }, { state }) => ({
    net: wireObject(await state.session.networks.define(xml, define.options(flags), define.via(flags))),
  }),
  networkCreateXML: async ({ xml }, { state }) => ({
    net: wireObject(await state.session.networks.createTransient(xml, {}, { function: 'virNetworkCreateXML' })),
  }),
  networkCreateXMLFlags: async ({ xml, flags }, { state }) => ({
    net: wireObject(await state.session.networks.createTransient(xml, create.options(flags), create.via(flags))),
  }),
  networkUndefine: async ({ net }, { state }) => nothing(state.session.networks.undefine(net)),
  networkCreate: async ({ net }, { state }) => nothing(state.session.networks.start(net)),
  networkDestroy: async ({ net }, { state }) => nothing(state.session.networks.stop(net)),
  networkGetXMLDesc: async ({ net, flags }, { state }) => ({
    xml: (await state.session.networks.document(net, xmlDesc.options(flags), xmlDesc.via(flags))).utf8,
  }),
  networkGetBridgeName: async ({ net }, { state }) => ({ name: await state.session.networks.bridgeName(net) }),
  networkGetAutostart: async ({ net }, { state }) => ({
    autostart: bit((await state.session.networks.summary(net, { function: 'virNetworkGetAutostart' })).autostart),
  }),
  networkSetAutostart: async ({ net, autostart }, { state }) =>
    nothing(state.session.networks.setAutostart(net, autostart !== 0)),
  networkIsActive: async ({ net }, { state }) => ({
    active: bit((await state.session.networks.summary(net, { function: 'virNetworkIsActive' })).active),
  }),
  networkIsPersistent: async ({ net }, { state }) => ({
    persistent: bit((await state.session.networks.summary(net, { function: 'virNetworkIsPersistent' })).persistent),
  }),
  networkUpdate: async ({ net, command, section, parentIndex, xml, flags }, { state }) => {
    const change = {
      command: chosen(networkUpdateCommands, command, 'command', 'virNetworkUpdate'),
      section: chosen(networkUpdateSections, section, 'section', 'virNetworkUpdate'),
      parentIndex,
      xml,
    };
    return nothing(state.session.networks.update(net, change, update.options(flags), update.via(flags)));
  },
  networkGetDHCPLeases: async ({ net, mac, needResults, flags }, { state }) => {
    const all = await state.session.networks.leases(net, mac, leases.via(flags));
    const { items, ret } = listed(all, needResults, wireLease);
    return { leases: items, ret };
  },
  networkSetMetadata: async ({ network, type, metadata, key, uri, flags }, { state }) => {
    const change = metadataChange(type, metadata, key, uri);
    return nothing(
      state.session.networks.setMetadata(network, change, setMetadata.options(flags), setMetadata.via(flags)),
    );
  },
  networkGetMetadata: async ({ network, type, uri, flags }, { state }) => {
    const kind = chosen(metadataTypes, type, 'type', 'virNetworkGetMetadata');
    const query = kind === 'element' ? { kind, uri: uri ?? '' } : { kind };
    const { options, via } = getMetadata;
    return { metadata: await state.session.networks.metadata(network, query, options(flags), via(flags)) };
  },
} satisfies Handlers<typeof remote, RemoteCall>;

const wireLease = (lease: DhcpLease) => ({
  iface: lease.interface,
  expirytime: lease.expiry,
  type: addressFamilies.number(lease.family) ?? 0,
  mac: lease.mac,
  iaid: lease.iaid,
  ipaddr: lease.address,
  prefix: lease.prefix,
  hostname: lease.hostname,
  clientid: lease.clientId,
});
