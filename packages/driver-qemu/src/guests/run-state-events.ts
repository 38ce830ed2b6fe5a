import type { DomainState } from '@virtkit/core';
import { flagAt, textAt } from '../monitor/json-reading.js';
import { changeRuntime, changeState, emit, emitLifecycle } from './change-guest.js';
import type { LiveGuest, StopReason } from './live-guest.js';
import type { EventContext } from './event-context.js';
import { sendSignal } from '@virtkit/host';

/** Words of the `suspended` event by the reason of the pause. */
const suspendedDetails: Readonly<Record<string, string>> = {
  migration: 'migrated',
  ioerror: 'ioerror',
  watchdog: 'watchdog',
  'from-snapshot': 'from-snapshot',
  'api-error': 'api-error',
};

/**
 * The guest shut down. QEMU waits (`-no-shutdown`): it is ended now, or reset when the shutdown was half of a reboot.
 */
export async function guestShutDown(context: EventContext): Promise<void> {
  const { services, guest, live, event } = context;
  if (guest.runtime === undefined || live.shutDown) return;
  live.shutDown = true;
  // Half of a reboot is no state and no event of its own.
  if (guest.runtime.fakeReboot) return await resetAfterShutdown(context);
  const byGuest = 'guest' in event.data ? flagAt(event.data, 'guest') : undefined;
  await changeState(services, guest, { state: 'shutdown', reason: 'unknown' });
  emitLifecycle(services, guest, 'shutdown', byGuest === undefined ? 'finished' : byGuest ? 'guest' : 'host');
  const next: StopReason = textAt(event.data, 'reason') === 'guest-panic' ? 'crashed' : 'shutdown';
  live.stopping ??= next;
  if (guest.runtime?.process !== undefined) await sendSignal(guest.runtime.process, 'SIGTERM');
}

async function resetAfterShutdown({ services, guest, live }: EventContext): Promise<void> {
  await changeRuntime(services, guest, { fakeReboot: false });
  await restart(live, 'booted');
}

async function restart(live: LiveGuest, reason: string): Promise<void> {
  live.resuming = reason;
  await live.monitor?.execute('system_reset');
  await live.monitor?.execute('cont');
  live.shutDown = false;
}

/** The guest was reset; `on_reboot` may want more than that. */
export async function guestReset({ services, guest, live, event }: EventContext): Promise<void> {
  const action = guest.current().onReboot;
  if (flagAt(event.data, 'guest') && (action === 'destroy' || action === 'preserve')) {
    live.stopping ??= 'destroyed';
    if (guest.runtime?.process !== undefined) await sendSignal(guest.runtime.process, 'SIGTERM');
    return;
  }
  emit(services, guest, { type: 'reboot' });
}

export async function guestStopped({ services, guest, live }: EventContext): Promise<void> {
  if (guest.runtime?.state.state !== 'running' || live.shutDown) return;
  const reason = live.pausing ?? 'unknown';
  live.pausing = undefined;
  await changeState(services, guest, { state: 'paused', reason });
  emitLifecycle(services, guest, 'suspended', suspendedDetails[reason] ?? 'paused');
}

export async function guestResumed({ services, guest, live }: EventContext): Promise<void> {
  const before = guest.runtime?.state.state;
  if (before === undefined || before === 'running') return;
  const reason = live.resuming ?? 'unpaused';
  live.resuming = undefined;
  await changeState(services, guest, { state: 'running', reason });
  emitLifecycle(services, guest, 'resumed', 'unpaused');
}

/** Suspended to memory or disk by the guest, or awake again. */
export async function guestSuspended(
  { services, guest }: EventContext,
  type: 'pmSuspend' | 'pmSuspendDisk' | 'pmWakeup',
): Promise<void> {
  const state: DomainState =
    type === 'pmWakeup' ? { state: 'running', reason: 'wakeup' } : { state: 'pmsuspended', reason: 'unknown' };
  if (guest.runtime !== undefined && type !== 'pmSuspendDisk') await changeState(services, guest, state);
  if (type === 'pmWakeup') emitLifecycle(services, guest, 'started', 'wakeup');
  if (type === 'pmSuspend') emitLifecycle(services, guest, 'pmsuspended', 'memory');
  if (type === 'pmSuspendDisk') emitLifecycle(services, guest, 'pmsuspended', 'disk');
  emit(services, guest, { type, reason: 0 });
}

/** `on_crash` decides what becomes of it. */
export async function guestPanicked({ services, guest, live }: EventContext): Promise<void> {
  const { onCrash } = guest.current();
  await changeState(services, guest, { state: 'crashed', reason: 'panicked' });
  emitLifecycle(services, guest, 'crashed', 'panicked');
  if (onCrash === 'preserve') return;
  if (onCrash === 'restart' || onCrash === 'coredump-restart') {
    return await restart(live, 'crashed');
  }
  live.stopping ??= 'crashed';
  if (guest.runtime?.process !== undefined) await sendSignal(guest.runtime.process, 'SIGTERM');
}
