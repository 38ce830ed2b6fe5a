import type { GraphicsPeer } from '@virtkit/core';
import {
  agentReasons,
  agentStates,
  diskChangeReasons,
  domainEventDetails,
  domainEvents,
  graphicsFamilies,
  ioErrorActions,
  metadataTypes,
  trayChangeReasons,
  watchdogActions,
} from '@virtkit/protocol';
import { typedParameters } from '../remote/parameters.js';
import { bothStyles, type DomainRoute, never, newStyle } from './event-route.js';

const none = (): Record<never, never> => ({});
const wirePeer = ({ family, node, service }: GraphicsPeer) => ({
  family: graphicsFamilies.number(family) ?? 0,
  node,
  service,
});

/** By the number clients register for. @libvirt virDomainEventID */
export const domainRoutes: readonly DomainRoute[] = [
  bothStyles('lifecycle', 'domainEventLifecycle', 'domainEventCallbackLifecycle', ({ event, detail }) => ({
    event: domainEvents.number(event) ?? 0,
    detail: domainEventDetails[event]?.number(detail) ?? 0,
  })),
  bothStyles('reboot', 'domainEventReboot', 'domainEventCallbackReboot', none),
  bothStyles('rtcChange', 'domainEventRtcChange', 'domainEventCallbackRtcChange', ({ offsetSeconds }) => ({
    offset: offsetSeconds,
  })),
  bothStyles('watchdog', 'domainEventWatchdog', 'domainEventCallbackWatchdog', ({ action }) => ({
    action: watchdogActions.number(action) ?? 0,
  })),
  bothStyles('ioError', 'domainEventIoError', 'domainEventCallbackIoError', ({ path, alias, action }) => ({
    srcPath: path,
    devAlias: alias,
    action: ioErrorActions.number(action) ?? 0,
  })),
  bothStyles('graphics', 'domainEventGraphics', 'domainEventCallbackGraphics', (event) => ({
    phase: event.phase,
    local: wirePeer(event.local),
    remote: wirePeer(event.remote),
    authScheme: event.authScheme,
    subject: event.subjects,
  })),
  bothStyles(
    'ioError',
    'domainEventIoErrorReason',
    'domainEventCallbackIoErrorReason',
    ({ path, alias, action, reason }) => ({
      srcPath: path,
      devAlias: alias,
      action: ioErrorActions.number(action) ?? 0,
      reason,
    }),
  ),
  never('controlError'),
  bothStyles('blockJob', 'domainEventBlockJob', 'domainEventCallbackBlockJob', ({ path, jobType, status }) => ({
    path,
    type: jobType,
    status,
  })),
  bothStyles('diskChange', 'domainEventDiskChange', 'domainEventCallbackDiskChange', (event) => ({
    oldSrcPath: event.oldSource,
    newSrcPath: event.newSource,
    devAlias: event.alias,
    reason: diskChangeReasons.number(event.reason) ?? 0,
  })),
  bothStyles('trayChange', 'domainEventTrayChange', 'domainEventCallbackTrayChange', ({ alias, reason }) => ({
    devAlias: alias,
    reason: trayChangeReasons.number(reason) ?? 0,
  })),
  bothStyles('pmWakeup', 'domainEventPmwakeup', 'domainEventCallbackPmwakeup', none, ({ reason }) => ({ reason })),
  bothStyles('pmSuspend', 'domainEventPmsuspend', 'domainEventCallbackPmsuspend', none, ({ reason }) => ({ reason })),
  bothStyles('balloonChange', 'domainEventBalloonChange', 'domainEventCallbackBalloonChange', ({ actualKiB }) => ({
    actual: actualKiB,
  })),
  bothStyles('pmSuspendDisk', 'domainEventPmsuspendDisk', 'domainEventCallbackPmsuspendDisk', none, ({ reason }) => ({
    reason,
  })),
  bothStyles('deviceRemoved', 'domainEventDeviceRemoved', 'domainEventCallbackDeviceRemoved', ({ alias }) => ({
    devAlias: alias,
  })),
  newStyle('blockJob', 'domainEventBlockJob2', ({ target, jobType, status }) => ({
    dst: target,
    type: jobType,
    status,
  })),
  newStyle('tunable', 'domainEventCallbackTunable', ({ values }) => ({ params: typedParameters(values) })),
  newStyle('agentLifecycle', 'domainEventCallbackAgentLifecycle', ({ state, reason }) => ({
    state: agentStates.number(state) ?? 0,
    reason: agentReasons.number(reason) ?? 0,
  })),
  newStyle('deviceAdded', 'domainEventCallbackDeviceAdded', ({ alias }) => ({ devAlias: alias })),
  newStyle('migrationIteration', 'domainEventCallbackMigrationIteration', ({ iteration }) => ({ iteration })),
  newStyle('jobCompleted', 'domainEventCallbackJobCompleted', ({ values }) => ({ params: typedParameters(values) })),
  newStyle('deviceRemovalFailed', 'domainEventCallbackDeviceRemovalFailed', ({ alias }) => ({ devAlias: alias })),
  newStyle('metadataChange', 'domainEventCallbackMetadataChange', ({ kind, uri }) => ({
    type: metadataTypes.number(kind) ?? 0,
    nsuri: uri,
  })),
  newStyle('blockThreshold', 'domainEventBlockThreshold', ({ device, path, threshold, excess }) => ({
    dev: device,
    path,
    threshold,
    excess,
  })),
  newStyle('memoryFailure', 'domainEventMemoryFailure', ({ recipient, action, flags }) => ({
    recipient,
    action,
    flags,
  })),
  newStyle('memoryDeviceSizeChange', 'domainEventMemoryDeviceSizeChange', ({ alias, size }) => ({ alias, size })),
  newStyle('nicMacChange', 'domainEventNicMacChange', ({ alias, oldMac, newMac }) => ({
    alias,
    oldMAC: oldMac,
    newMAC: newMac,
  })),
];
