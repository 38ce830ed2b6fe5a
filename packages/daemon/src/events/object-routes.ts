import type { EventedKind } from '@virtkit/core';
import { metadataTypes, networkEvents, nodeDeviceEvents, secretEvents, storagePoolEvents } from '@virtkit/protocol';
import { wireObject } from '../remote/wire.js';
import { objectEvent, type ObjectRoute } from './event-route.js';

/** By the number clients register for within each kind. */
export const objectRoutes: Readonly<Record<EventedKind, readonly ObjectRoute[]>> = {
  network: [
    objectEvent('lifecycle', 'networkEventLifecycle', (network, { event }) => ({
      net: wireObject(network),
      event: networkEvents.number(event) ?? 0,
      detail: 0,
    })),
    objectEvent('metadataChange', 'networkEventCallbackMetadataChange', (network, { kind, uri }) => ({
      net: wireObject(network),
      type: metadataTypes.number(kind) ?? 0,
      nsuri: uri,
    })),
  ],
  storagePool: [
    objectEvent('lifecycle', 'storagePoolEventLifecycle', (pool, { event }) => ({
      pool: wireObject(pool),
      event: storagePoolEvents.number(event) ?? 0,
      detail: 0,
    })),
    objectEvent('refresh', 'storagePoolEventRefresh', (pool) => ({ pool: wireObject(pool) })),
  ],
  nodeDevice: [
    objectEvent('lifecycle', 'nodeDeviceEventLifecycle', ({ name }, { event }) => ({
      dev: { name },
      event: nodeDeviceEvents.number(event) ?? 0,
      detail: 0,
    })),
    objectEvent('update', 'nodeDeviceEventUpdate', ({ name }) => ({ dev: { name } })),
  ],
  secret: [
    objectEvent('lifecycle', 'secretEventLifecycle', ({ uuid, name }, { event }) => ({
      secret: { uuid, usageType: 0, usageID: name },
      event: secretEvents.number(event) ?? 0,
      detail: 0,
    })),
    objectEvent('valueChanged', 'secretEventValueChanged', ({ uuid, name }) => ({
      secret: { uuid, usageType: 0, usageID: name },
    })),
  ],
};
