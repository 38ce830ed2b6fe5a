import { type CheckContext, freshName } from './check.js';
import type { GuestHandle } from './target.js';

/** Runs with a guest that is shut off, and puts everything back afterwards, whatever happens. */
export async function withGuest(
  { target, fixtures, contribution }: CheckContext,
  body: (guest: GuestHandle) => Promise<void>,
): Promise<void> {
  const { guest: documentOf, existingGuest } = fixtures;
  const canDefine = contribution.facets?.includes('configuration') === true && documentOf !== undefined;
  const guest =
    canDefine || existingGuest === undefined
      ? await target.define(documentOf?.(freshName('guest')) ?? '')
      : await target.guestByName(existingGuest);
  try {
    await body(guest);
  } finally {
    if (await target.isActive(guest).catch(() => false)) await target.destroy(guest);
    if (canDefine) await target.undefine(guest).catch(() => undefined);
  }
}

/** Whether there is a guest to work with. */
export const hasGuest = ({ guest, existingGuest }: CheckContext['fixtures']): boolean =>
  guest !== undefined || existingGuest !== undefined;
