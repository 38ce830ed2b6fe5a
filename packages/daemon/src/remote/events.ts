import type { Handlers, remote } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import type { RemoteCall } from './state.js';

const rpcError = errorsFrom('RPC');
const LIFECYCLE = 0;

/** Registration for events. */
export const eventHandlers = {
  connectDomainEventRegister: (_args, { state }) => {
    state.callbacks.addLegacyDomain(state.session, LIFECYCLE);
    return { cbRegistered: 1 };
  },
  connectDomainEventDeregister: (_args, { state }) => {
    state.callbacks.removeLegacyDomain(LIFECYCLE);
    return { cbRegistered: 0 };
  },
  connectDomainEventRegisterAny: ({ eventID }, { state }) => {
    state.callbacks.addLegacyDomain(state.session, eventID);
    return {};
  },
  connectDomainEventDeregisterAny: ({ eventID }, { state }) => {
    state.callbacks.removeLegacyDomain(eventID);
    return {};
  },
  connectDomainEventCallbackRegisterAny: ({ eventID, dom }, { state }) => ({
    callbackID: state.callbacks.addDomain(state.session, eventID, dom),
  }),
  connectDomainEventCallbackDeregisterAny: ({ callbackID }, { state }) => {
    state.callbacks.remove('domain', callbackID);
    return {};
  },
  connectNetworkEventRegisterAny: ({ eventID, net }, { state }) => ({
    callbackID: state.callbacks.addObject(state.session, 'network', eventID, net),
  }),
  connectNetworkEventDeregisterAny: ({ callbackID }, { state }) => {
    state.callbacks.remove('network', callbackID);
    return {};
  },
  connectStoragePoolEventRegisterAny: ({ eventID, pool }, { state }) => ({
    callbackID: state.callbacks.addObject(state.session, 'storagePool', eventID, pool),
  }),
  connectStoragePoolEventDeregisterAny: ({ callbackID }, { state }) => {
    state.callbacks.remove('storagePool', callbackID);
    return {};
  },
  connectNodeDeviceEventRegisterAny: ({ eventID, dev }, { state }) => ({
    callbackID: state.callbacks.addObject(state.session, 'nodeDevice', eventID, dev),
  }),
  connectNodeDeviceEventDeregisterAny: ({ callbackID }, { state }) => {
    state.callbacks.remove('nodeDevice', callbackID);
    return {};
  },
  connectSecretEventRegisterAny: ({ eventID, secret }, { state }) => ({
    callbackID: state.callbacks.addObject(state.session, 'secret', eventID, secret && { uuid: secret.uuid }),
  }),
  connectSecretEventDeregisterAny: ({ callbackID }, { state }) => {
    state.callbacks.remove('secret', callbackID);
    return {};
  },
  connectRegisterCloseCallback: (_args, { state }) => {
    if (state.closeCallback) throw rpcError('OPERATION_INVALID', 'A close callback is already registered');
    state.closeCallback = true;
    return {};
  },
  connectUnregisterCloseCallback: (_args, { state }) => {
    if (!state.closeCallback) throw rpcError('OPERATION_INVALID', 'A different callback was requested');
    state.closeCallback = false;
    return {};
  },
} satisfies Handlers<typeof remote, RemoteCall>;
