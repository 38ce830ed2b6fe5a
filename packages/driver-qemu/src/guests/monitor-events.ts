import type { GraphicsPeer } from '@virtkit/core';
import { numberAt, objectAt, textAt } from '../monitor/json-reading.js';
import type { QmpEvent } from '../monitor/qmp-message.js';
import { agentChannelChanged } from './agent-channel.js';
import { changeDefinition, emit } from './change-guest.js';
import { deviceDeleted, ioError, trayMoved } from './device-events.js';
import type { EventContext } from './event-context.js';
import type { LiveGuest } from './live-guest.js';
import {
  guestPanicked,
  guestReset,
  guestResumed,
  guestShutDown,
  guestStopped,
  guestSuspended,
} from './run-state-events.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';

type Handler = (context: EventContext) => Promise<void> | void;

/** The monitor's events this driver acts on; all others are for those who watch the monitor itself. */
const handlers: Readonly<Record<string, Handler>> = {
  SHUTDOWN: guestShutDown,
  RESET: guestReset,
  STOP: guestStopped,
  RESUME: guestResumed,
  SUSPEND: (context) => guestSuspended(context, 'pmSuspend'),
  SUSPEND_DISK: (context) => guestSuspended(context, 'pmSuspendDisk'),
  WAKEUP: (context) => guestSuspended(context, 'pmWakeup'),
  GUEST_PANICKED: guestPanicked,
  WATCHDOG: ({ services, guest, live, event }) => {
    const action = textAt(event.data, 'action') ?? 'none';
    if (action === 'pause') live.pausing = 'watchdog';
    emit(services, guest, { type: 'watchdog', action });
  },
  BLOCK_IO_ERROR: ioError,
  DEVICE_TRAY_MOVED: trayMoved,
  DEVICE_DELETED: deviceDeleted,
  DEVICE_UNPLUG_GUEST_ERROR: ({ services, guest, live, event }) => unplugRefused(services, guest, live, event),
  MEM_UNPLUG_ERROR: ({ services, guest, live, event }) => unplugRefused(services, guest, live, event),
  VSERPORT_CHANGE: agentChannelChanged,
  RTC_CHANGE: ({ services, guest, event }) =>
    emit(services, guest, { type: 'rtcChange', offsetSeconds: BigInt(numberAt(event.data, 'offset') ?? 0) }),
  BALLOON_CHANGE: balloonChanged,
  MEMORY_DEVICE_SIZE_CHANGE: ({ services, guest, event }) =>
    emit(services, guest, {
      type: 'memoryDeviceSizeChange',
      alias: textAt(event.data, 'id') ?? '',
      size: BigInt(numberAt(event.data, 'size') ?? 0) / 1024n,
    }),
  VNC_CONNECTED: (context) => graphics(context, 0),
  VNC_INITIALIZED: (context) => graphics(context, 1),
  VNC_DISCONNECTED: (context) => graphics(context, 2),
};

/** Queues the work an event causes; events are handled in their order. */
export function handleEvent(context: EventContext): void {
  const handler = Object.hasOwn(handlers, context.event.event) ? handlers[context.event.event] : undefined;
  if (handler === undefined) return;
  void context.live.enqueue(async () => {
    try {
      await handler(context);
    } catch (cause) {
      const fields = { name: context.guest.name, event: context.event.event, cause };
      context.services.logger.error('an event of the monitor could not be handled', fields);
    }
  });
}

async function balloonChanged({ services, guest, event }: EventContext): Promise<void> {
  const actual = numberAt(event.data, 'actual');
  if (actual === undefined) return;
  const kib = Math.floor(actual / 1024);
  await changeDefinition(services, guest, (definition) => {
    definition.currentMemory = kib;
  });
  emit(services, guest, { type: 'balloonChange', actualKiB: BigInt(kib) });
}

function unplugRefused(services: QemuServices, guest: Guest, live: LiveGuest, event: QmpEvent): void {
  const alias = textAt(event.data, 'device') ?? '';
  live.unplugs.get(alias)?.(false);
  emit(services, guest, { type: 'deviceRemovalFailed', alias });
}

function graphics({ services, guest, event }: EventContext, phase: number): void {
  const [server, client] = [objectAt(event.data, 'server'), objectAt(event.data, 'client')];
  emit(services, guest, {
    type: 'graphics',
    phase,
    local: peer(server),
    remote: peer(client),
    authScheme: textAt(server, 'auth') ?? '',
    subjects: subjectsOf(client),
  });
}

function subjectsOf(client: ReturnType<typeof objectAt>) {
  return (['x509_dname', 'sasl_username'] as const).flatMap((key) => {
    const name = textAt(client, key);
    return name === undefined ? [] : [{ type: key === 'x509_dname' ? 'x509dname' : 'saslUsername', name }];
  });
}

function peer(end: ReturnType<typeof objectAt>): GraphicsPeer {
  const family = textAt(end, 'family');
  return {
    family: family === 'ipv6' || family === 'unix' ? family : 'ipv4',
    node: textAt(end, 'host') ?? '',
    service: textAt(end, 'service') ?? '',
  };
}
