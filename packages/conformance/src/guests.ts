import { type CheckContext, freshName } from './check.js';
import type { GuestHandle, Target } from './target.js';

/** Runs with a guest that is shut off, and puts everything back afterwards, whatever happens. */
export async function withGuest(context: CheckContext, body: (guest: GuestHandle) => Promise<void>): Promise<void> {
  const { target, fixtures, contribution } = context;
  const canDefine = contribution.facets?.includes('configuration') === true && fixtures.guest !== undefined;
  if (!canDefine && fixtures.existingGuest !== undefined) return withExisting(target, fixtures.existingGuest, body);
  const guest = await target.define(fixtures.guest?.(freshName('guest')) ?? '');
  try {
    await body(guest);
  } finally {
    if (await target.isActive(guest).catch(() => false)) await target.destroy(guest);
    await target.undefine(guest).catch(() => undefined);
  }
}

async function withExisting(target: Target, name: string, body: (guest: GuestHandle) => Promise<void>): Promise<void> {
  const guest = await target.guestByName(name);
  const wasActive = await target.isActive(guest);
  if (wasActive) await target.destroy(guest);
  try {
    await body(guest);
  } finally {
    const isActive = await target.isActive(guest);
    if (isActive && !wasActive) await target.destroy(guest);
    if (!isActive && wasActive) await target.start(guest);
  }
}

/** Whether there is a guest to work with. */
export const hasGuest = ({ guest, existingGuest }: CheckContext['fixtures']): boolean =>
  guest !== undefined || existingGuest !== undefined;
