import type { DomainRef } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { notRunning, virtError } from '../errors.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import type { QemuRuntime } from '../status/runtime.js';
import type { LiveGuest } from './live-guest.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';

/** @throws `NO_DOMAIN` when it vanished since the kernel resolved it. */
export function guestOf(services: QemuServices, domain: DomainRef): Guest {
  const guest = services.store.byUuid(domain.uuid);
  if (guest !== undefined) return guest;
  throw virtError('NO_DOMAIN', `no domain with matching uuid '${domain.uuid}' (${domain.name})`);
}

/** An active guest with its connections. */
export interface RunningGuest {
  readonly guest: Guest;
  readonly runtime: QemuRuntime;
  readonly live: LiveGuest;
  readonly monitor: QmpConnection;
  readonly definition: Domain;
}

/** @throws `OPERATION_INVALID` when it does not run, as `refuse` makes it. */
export function runningGuest(services: QemuServices, guest: Guest, refuse = notRunning): RunningGuest {
  const live = services.live.get(guest.uuid);
  const { runtime } = guest;
  if (!guest.active || runtime === undefined || live?.monitor === undefined) throw refuse();
  return { guest, runtime, live, monitor: live.monitor, definition: guest.current() };
}

/** State as clients see it, also of a guest that is off. */
export function stateOf(services: QemuServices, guest: Guest) {
  return guest.runtime?.state ?? services.offStates.get(guest.uuid) ?? { state: 'shutoff' as const, reason: 'unknown' };
}
