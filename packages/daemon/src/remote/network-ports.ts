import type { ObjectRef } from '@virtkit/core';
import { type Handlers, noFlags, type remote, targetFlags } from '@virtkit/protocol';
import { flagged, flaggedParameters } from './flagged.js';
import { parametersFrom, typedParameters } from './parameters.js';
import type { RemoteCall } from './state.js';
import { listed, nothing, wireObject } from './wire.js';

const list = flagged('virNetworkListAllPorts', noFlags);
const create = flagged('virNetworkPortCreateXML', noFlags);
const remove = flagged('virNetworkPortDelete', noFlags);
const xmlDesc = flagged('virNetworkPortGetXMLDesc', noFlags);
const getParameters = flaggedParameters('virNetworkPortGetParameters', noFlags);
const setParameters = flagged('virNetworkPortSetParameters', targetFlags);

/** Ports of networks: who is plugged in. */
export const networkPortHandlers = {
  networkListAllPorts: async ({ network, needResults, flags }, { state }) => {
    const ports = await state.session.networkPorts.list(network, list.via(flags));
    const { items, ret } = listed(ports, needResults, ({ uuid }) => wirePort(network, uuid));
    return { ports: items, ret };
  },
  networkPortLookupByUUID: async ({ network, uuid }, { state }) => ({
    port: wirePort(network, (await state.session.networkPorts.lookupByUuid(network, uuid)).uuid),
  }),
  networkPortCreateXML: async ({ network, xml, flags }, { state }) => ({
    port: wirePort(network, (await state.session.networkPorts.create(network, xml, create.via(flags))).uuid),
  }),
  networkPortDelete: async ({ port, flags }, { state }) =>
    nothing(state.session.networkPorts.delete(port.net, port.uuid, remove.via(flags))),
  networkPortGetXMLDesc: async ({ port, flags }, { state }) => ({
    xml: await state.session.networkPorts.xmlDesc(port.net, port.uuid, xmlDesc.via(flags)),
  }),
  networkPortGetParameters: async ({ port, nparams, flags }, { state }) => {
    const values = await state.session.networkPorts.parameters(port.net, port.uuid, getParameters.via(flags));
    return { params: nparams === 0 ? [] : typedParameters(values), nparams: values.size };
  },
  networkPortSetParameters: async ({ port, params, flags }, { state }) =>
    nothing(
      state.session.networkPorts.setParameters(port.net, port.uuid, parametersFrom(params), setParameters.via(flags)),
    ),
} satisfies Handlers<typeof remote, RemoteCall>;

const wirePort = (net: ObjectRef, uuid: string) => ({ net: wireObject(net), uuid });
