import { call, event } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import {
  nonnullDomain,
  nonnullNetwork,
  nonnullNodeDevice,
  nonnullSecret,
  nonnullStoragePool,
  nullableDomain,
  nullableNetwork,
  nullableNodeDevice,
  nullableSecret,
  nullableStoragePool,
  nullableString,
  typedParam,
} from './objects.js';

/** Registration for events, and the events of every object kind but domains. */
export const eventsRows = {
  connectDomainEventRegister: call(
    105,
    {},
    { cbRegistered: int },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  connectDomainEventDeregister: call(106, {}, { cbRegistered: int }, { priority: 'high', acl: ['connect:read'] }),
  connectDomainEventRegisterAny: call(
    167,
    { eventID: int },
    {},
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  connectDomainEventDeregisterAny: call(168, { eventID: int }, {}, { priority: 'high', acl: ['connect:read'] }),
  connectNetworkEventRegisterAny: call(
    313,
    { eventID: int, net: nullableNetwork },
    { callbackID: int },
    { priority: 'high', acl: ['connect:search_networks'], aclFilter: ['network:getattr'] },
  ),
  connectNetworkEventDeregisterAny: call(314, { callbackID: int }, {}, { priority: 'high', acl: ['connect:read'] }),
  networkEventLifecycle: event(
    315,
    { callbackID: int, net: nonnullNetwork, event: int, detail: int },
    { class: 'network', id: 0 },
  ),
  connectDomainEventCallbackRegisterAny: call(
    316,
    { eventID: int, dom: nullableDomain },
    { callbackID: int },
    { priority: 'high', acl: ['connect:search_domains'], aclFilter: ['domain:getattr'] },
  ),
  connectDomainEventCallbackDeregisterAny: call(
    317,
    { callbackID: int },
    {},
    { priority: 'high', acl: ['connect:read'] },
  ),
  connectRegisterCloseCallback: call(360, {}, {}, { priority: 'high', acl: ['connect:getattr'] }),
  connectUnregisterCloseCallback: call(361, {}, {}, { priority: 'high', acl: ['connect:getattr'] }),
  connectEventConnectionClosed: event(362, { reason: int }, { class: 'connect' }),
  domainGetPerfEvents: call(
    365,
    { dom: nonnullDomain, flags: uint },
    { params: array(typedParam, limits.domainPerfEvents) },
    { acl: ['domain:read'] },
  ),
  domainSetPerfEvents: call(
    366,
    { dom: nonnullDomain, params: array(typedParam, limits.domainPerfEvents), flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  connectStoragePoolEventRegisterAny: call(
    368,
    { eventID: int, pool: nullableStoragePool },
    { callbackID: int },
    { priority: 'high', acl: ['connect:search_storage_pools'], aclFilter: ['storage_pool:getattr'] },
  ),
  connectStoragePoolEventDeregisterAny: call(369, { callbackID: int }, {}, { priority: 'high', acl: ['connect:read'] }),
  storagePoolEventLifecycle: event(
    370,
    { callbackID: int, pool: nonnullStoragePool, event: int, detail: int },
    { class: 'storagePool', id: 0 },
  ),
  storagePoolEventRefresh: event(373, { callbackID: int, pool: nonnullStoragePool }, { class: 'storagePool', id: 1 }),
  connectNodeDeviceEventRegisterAny: call(
    374,
    { eventID: int, dev: nullableNodeDevice },
    { callbackID: int },
    { priority: 'high', acl: ['connect:search_node_devices'], aclFilter: ['node_device:getattr'] },
  ),
  connectNodeDeviceEventDeregisterAny: call(375, { callbackID: int }, {}, { priority: 'high', acl: ['connect:read'] }),
  nodeDeviceEventLifecycle: event(
    376,
    { callbackID: int, dev: nonnullNodeDevice, event: int, detail: int },
    { class: 'nodeDevice', id: 0 },
  ),
  nodeDeviceEventUpdate: event(377, { callbackID: int, dev: nonnullNodeDevice }, { class: 'nodeDevice', id: 1 }),
  connectSecretEventRegisterAny: call(
    380,
    { eventID: int, secret: nullableSecret },
    { callbackID: int },
    { priority: 'high', acl: ['connect:search_secrets'], aclFilter: ['secret:getattr'] },
  ),
  connectSecretEventDeregisterAny: call(381, { callbackID: int }, {}, { priority: 'high', acl: ['connect:read'] }),
  secretEventLifecycle: event(
    382,
    { callbackID: int, secret: nonnullSecret, event: int, detail: int },
    { class: 'secret', id: 0 },
  ),
  secretEventValueChanged: event(383, { callbackID: int, secret: nonnullSecret }, { class: 'secret', id: 1 }),
  networkEventCallbackMetadataChange: event(
    446,
    { callbackID: int, net: nonnullNetwork, type: int, nsuri: nullableString },
    { class: 'network', id: 1 },
  ),
} as const;
