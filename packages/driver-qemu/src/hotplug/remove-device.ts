import { emit, changeLive } from '../guests/change-guest.js';
import type { LiveGuest } from '../guests/live-guest.js';
import type { Guest } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';
import { deviceLists, withoutAlias } from './device-lists.js';
import { releaseDevice } from './release-device.js';

/** A device is gone from QEMU: what stood behind it goes too, then the definition forgets it and clients are told. */
export async function removeDevice(
  services: QemuServices,
  guest: Guest,
  live: LiveGuest,
  alias: string,
): Promise<void> {
  const known = deviceLists(guest.current()).some((list) => list.some((device) => device.alias === alias));
  if (!known) return;
  await releaseDevice(services, guest, live, alias);
  await changeLive(services, guest, (_runtime, current) => {
    const definition = structuredClone(current);
    withoutAlias(definition, alias);
    return { definition };
  });
  emit(services, guest, { type: 'deviceRemoved', alias });
}
