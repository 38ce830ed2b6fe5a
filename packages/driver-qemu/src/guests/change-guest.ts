import type { DomainEvent, DomainState } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { QemuRuntime } from '../status/runtime.js';
import type { Guest, QemuServices } from './services.js';

/** Changes the driver's state of an active guest; on disk when it resolves. Does nothing for one that is off. */
export async function changeRuntime(
  services: QemuServices,
  guest: Guest,
  change: Partial<QemuRuntime>,
  definition?: Domain,
): Promise<void> {
  const { runtime } = guest;
  if (runtime === undefined) return;
  await services.store.updateLive(guest, {
    runtime: { ...runtime, ...change },
    ...(definition === undefined ? {} : { definition }),
  });
}

export const changeState = (services: QemuServices, guest: Guest, state: DomainState): Promise<void> =>
  changeRuntime(services, guest, { state });

/** Changes the live definition; `change` gets a copy of its own. */
export async function changeDefinition(
  services: QemuServices,
  guest: Guest,
  change: (definition: Domain) => void,
): Promise<void> {
  const definition = structuredClone(guest.current());
  change(definition);
  await services.store.updateLive(guest, { definition });
}

export function emit(services: QemuServices, guest: Guest, event: DomainEvent): void {
  services.events.domain(guest.ref, event);
}

export const emitLifecycle = (services: QemuServices, guest: Guest, event: string, detail: string): void =>
  emit(services, guest, { type: 'lifecycle', event, detail });
