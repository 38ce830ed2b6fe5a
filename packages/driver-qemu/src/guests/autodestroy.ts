import type { Call } from '@virtkit/core';
import type { LiveGuest } from './live-guest.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';
import { finishGuest } from './stop-guest.js';

/** Ends the guest when the client that started it leaves; a guest that ended before is left alone. */
export function tiedToConnection(services: QemuServices, guest: Guest, live: LiveGuest, call: Call): void {
  const tie = call.scope.onClose(async () => {
    if (services.live.get(guest.uuid) !== live) return;
    live.stopping ??= 'destroyed';
    const signal = new AbortController().signal;
    await services.store.run(guest, 'destroy', { signal }, (current) =>
      finishGuest(services, current, live, 'destroyed'),
    );
  });
  void live.ended.then(() => tie[Symbol.dispose]());
}
