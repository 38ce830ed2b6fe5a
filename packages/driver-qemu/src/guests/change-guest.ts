import type { DomainEvent, DomainState } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { QemuRuntime } from '../status/runtime.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';

/** What a change of an active guest replaces. */
export interface LiveChange {
  readonly runtime?: Partial<QemuRuntime>;
  readonly definition?: Domain;
}

/** Another live definition, which changes nothing in QEMU: where it cannot be written, the former one stays. */
export async function replaceDefinition(services: QemuServices, guest: Guest, definition: Domain): Promise<void> {
  await services.saving.run(guest.uuid, () => services.store.updateLive(guest, { definition }));
}

/**
 * Notes what changed in an active guest; on disk when it resolves. Changes of one guest are made one after the other, each seeing the
 * one before, so that no older document replaces a newer one. Does nothing for a guest that is off by then.
 */
export async function changeLive(
  services: QemuServices,
  guest: Guest,
  compute: (runtime: QemuRuntime, definition: Domain) => LiveChange,
): Promise<void> {
  await services.saving.run(guest.uuid, () => apply(services, guest, compute));
}

async function apply(
  services: QemuServices,
  guest: Guest,
  compute: (runtime: QemuRuntime, definition: Domain) => LiveChange,
): Promise<void> {
  const { runtime } = guest;
  if (runtime === undefined || !guest.active) return;
  const change = compute(runtime, guest.current());
  await services.store.noteLive(guest, {
    ...(change.runtime === undefined ? {} : { runtime: { ...runtime, ...change.runtime } }),
    ...(change.definition === undefined ? {} : { definition: change.definition }),
  });
}

export const changeRuntime = (services: QemuServices, guest: Guest, change: Partial<QemuRuntime>): Promise<void> =>
  changeLive(services, guest, () => ({ runtime: change }));

export const changeState = (services: QemuServices, guest: Guest, state: DomainState): Promise<void> =>
  changeRuntime(services, guest, { state });

/** Changes the live definition; `change` gets a copy of its own. */
export const changeDefinition = (
  services: QemuServices,
  guest: Guest,
  change: (definition: Domain) => void,
): Promise<void> =>
  changeLive(services, guest, (_runtime, current) => {
    const definition = structuredClone(current);
    change(definition);
    return { definition };
  });

export function emit(services: QemuServices, guest: Guest, event: DomainEvent): void {
  services.events.domain(guest.ref, event);
}

export const emitLifecycle = (services: QemuServices, guest: Guest, event: string, detail: string): void =>
  emit(services, guest, { type: 'lifecycle', event, detail });
