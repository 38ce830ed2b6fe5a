import { event } from '../program.js';
import { array, struct } from '../xdr/composites.js';
import { hyper, int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, nullableString, typedParam } from './objects.js';

const lifecycleMessage = { dom: nonnullDomain, event: int, detail: int };
const rebootMessage = { dom: nonnullDomain };
const rtcChangeMessage = { dom: nonnullDomain, offset: hyper };
const watchdogMessage = { dom: nonnullDomain, action: int };
const ioErrorMessage = { dom: nonnullDomain, srcPath: nonnullString, devAlias: nonnullString, action: int };
const domainEventGraphicsAddress = struct({ family: int, node: nonnullString, service: nonnullString });
const domainEventGraphicsIdentity = struct({ type: nonnullString, name: nonnullString });
const graphicsMessage = {
  dom: nonnullDomain,
  phase: int,
  local: domainEventGraphicsAddress,
  remote: domainEventGraphicsAddress,
  authScheme: nonnullString,
  subject: array(domainEventGraphicsIdentity, limits.domainEventGraphicsIdentity),
};
const ioErrorReasonMessage = {
  dom: nonnullDomain,
  srcPath: nonnullString,
  devAlias: nonnullString,
  action: int,
  reason: nonnullString,
};
const controlErrorMessage = { dom: nonnullDomain };
const blockJobMessage = { dom: nonnullDomain, path: nonnullString, type: int, status: int };
const diskChangeMessage = {
  dom: nonnullDomain,
  oldSrcPath: nullableString,
  newSrcPath: nullableString,
  devAlias: nonnullString,
  reason: int,
};
const trayChangeMessage = { dom: nonnullDomain, devAlias: nonnullString, reason: int };
const pmwakeupMessage = { dom: nonnullDomain };
const pmsuspendMessage = { dom: nonnullDomain };
const balloonChangeMessage = { dom: nonnullDomain, actual: unsignedHyper };
const pmsuspendDiskMessage = { dom: nonnullDomain };
const deviceRemovedMessage = { dom: nonnullDomain, devAlias: nonnullString };

/** Events of domains, in the old style and in the one with callback ids. */
export const domainEventsRows = {
  domainEventLifecycle: event(107, lifecycleMessage, { class: 'domain', id: 0, legacy: true }),
  domainEventReboot: event(169, rebootMessage, { class: 'domain', id: 1, legacy: true }),
  domainEventRtcChange: event(170, rtcChangeMessage, { class: 'domain', id: 2, legacy: true }),
  domainEventWatchdog: event(171, watchdogMessage, { class: 'domain', id: 3, legacy: true }),
  domainEventIoError: event(172, ioErrorMessage, { class: 'domain', id: 4, legacy: true }),
  domainEventGraphics: event(173, graphicsMessage, { class: 'domain', id: 5, legacy: true }),
  domainEventIoErrorReason: event(195, ioErrorReasonMessage, { class: 'domain', id: 6, legacy: true }),
  domainEventControlError: event(224, controlErrorMessage, { class: 'domain', id: 7, legacy: true }),
  domainEventBlockJob: event(241, blockJobMessage, { class: 'domain', id: 8, legacy: true }),
  domainEventDiskChange: event(248, diskChangeMessage, { class: 'domain', id: 9, legacy: true }),
  domainEventTrayChange: event(268, trayChangeMessage, { class: 'domain', id: 10, legacy: true }),
  domainEventPmwakeup: event(269, pmwakeupMessage, { class: 'domain', id: 11, legacy: true }),
  domainEventPmsuspend: event(270, pmsuspendMessage, { class: 'domain', id: 12, legacy: true }),
  domainEventBalloonChange: event(276, balloonChangeMessage, { class: 'domain', id: 13, legacy: true }),
  domainEventPmsuspendDisk: event(292, pmsuspendDiskMessage, { class: 'domain', id: 14, legacy: true }),
  domainEventDeviceRemoved: event(311, deviceRemovedMessage, { class: 'domain', id: 15, legacy: true }),
  domainEventCallbackLifecycle: event(
    318,
    { callbackID: int, msg: struct(lifecycleMessage) },
    { class: 'domain', id: 0 },
  ),
  domainEventCallbackReboot: event(319, { callbackID: int, msg: struct(rebootMessage) }, { class: 'domain', id: 1 }),
  domainEventCallbackRtcChange: event(
    320,
    { callbackID: int, msg: struct(rtcChangeMessage) },
    { class: 'domain', id: 2 },
  ),
  domainEventCallbackWatchdog: event(
    321,
    { callbackID: int, msg: struct(watchdogMessage) },
    { class: 'domain', id: 3 },
  ),
  domainEventCallbackIoError: event(322, { callbackID: int, msg: struct(ioErrorMessage) }, { class: 'domain', id: 4 }),
  domainEventCallbackGraphics: event(
    323,
    { callbackID: int, msg: struct(graphicsMessage) },
    { class: 'domain', id: 5 },
  ),
  domainEventCallbackIoErrorReason: event(
    324,
    { callbackID: int, msg: struct(ioErrorReasonMessage) },
    { class: 'domain', id: 6 },
  ),
  domainEventCallbackControlError: event(
    325,
    { callbackID: int, msg: struct(controlErrorMessage) },
    { class: 'domain', id: 7 },
  ),
  domainEventCallbackBlockJob: event(
    326,
    { callbackID: int, msg: struct(blockJobMessage) },
    { class: 'domain', id: 8 },
  ),
  domainEventCallbackDiskChange: event(
    327,
    { callbackID: int, msg: struct(diskChangeMessage) },
    { class: 'domain', id: 9 },
  ),
  domainEventCallbackTrayChange: event(
    328,
    { callbackID: int, msg: struct(trayChangeMessage) },
    { class: 'domain', id: 10 },
  ),
  domainEventCallbackPmwakeup: event(
    329,
    { callbackID: int, reason: int, msg: struct(pmwakeupMessage) },
    { class: 'domain', id: 11 },
  ),
  domainEventCallbackPmsuspend: event(
    330,
    { callbackID: int, reason: int, msg: struct(pmsuspendMessage) },
    { class: 'domain', id: 12 },
  ),
  domainEventCallbackBalloonChange: event(
    331,
    { callbackID: int, msg: struct(balloonChangeMessage) },
    { class: 'domain', id: 13 },
  ),
  domainEventCallbackPmsuspendDisk: event(
    332,
    { callbackID: int, reason: int, msg: struct(pmsuspendDiskMessage) },
    { class: 'domain', id: 14 },
  ),
  domainEventCallbackDeviceRemoved: event(
    333,
    { callbackID: int, msg: struct(deviceRemovedMessage) },
    { class: 'domain', id: 15 },
  ),
  domainEventBlockJob2: event(
    339,
    { callbackID: int, dom: nonnullDomain, dst: nonnullString, type: int, status: int },
    { class: 'domain', id: 16 },
  ),
  domainEventCallbackTunable: event(
    346,
    { callbackID: int, dom: nonnullDomain, params: array(typedParam, limits.domainEventTunable) },
    { class: 'domain', id: 17 },
  ),
  domainEventCallbackAgentLifecycle: event(
    348,
    { callbackID: int, dom: nonnullDomain, state: int, reason: int },
    { class: 'domain', id: 18 },
  ),
  domainEventCallbackDeviceAdded: event(
    354,
    { callbackID: int, dom: nonnullDomain, devAlias: nonnullString },
    { class: 'domain', id: 19 },
  ),
  domainEventCallbackMigrationIteration: event(
    359,
    { callbackID: int, dom: nonnullDomain, iteration: int },
    { class: 'domain', id: 20 },
  ),
  domainEventCallbackJobCompleted: event(
    363,
    { callbackID: int, dom: nonnullDomain, params: array(typedParam, limits.domainJobStats) },
    { class: 'domain', id: 21 },
  ),
  domainEventCallbackDeviceRemovalFailed: event(
    367,
    { callbackID: int, dom: nonnullDomain, devAlias: nonnullString },
    { class: 'domain', id: 22 },
  ),
  domainEventCallbackMetadataChange: event(
    379,
    { callbackID: int, dom: nonnullDomain, type: int, nsuri: nullableString },
    { class: 'domain', id: 23 },
  ),
  domainEventBlockThreshold: event(
    385,
    {
      callbackID: int,
      dom: nonnullDomain,
      dev: nonnullString,
      path: nullableString,
      threshold: unsignedHyper,
      excess: unsignedHyper,
    },
    { class: 'domain', id: 24 },
  ),
  domainEventMemoryFailure: event(
    423,
    { callbackID: int, dom: nonnullDomain, recipient: int, action: int, flags: uint },
    { class: 'domain', id: 25 },
  ),
  domainEventMemoryDeviceSizeChange: event(
    438,
    { callbackID: int, dom: nonnullDomain, alias: nonnullString, size: unsignedHyper },
    { class: 'domain', id: 26 },
  ),
  domainEventNicMacChange: event(
    453,
    { callbackID: int, dom: nonnullDomain, alias: nonnullString, oldMAC: nonnullString, newMAC: nonnullString },
    { class: 'domain', id: 27 },
  ),
} as const;
