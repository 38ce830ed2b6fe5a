import type { QmpEvent } from '../monitor/qmp-message.js';
import type { LiveGuest } from './live-guest.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';

/** What an event is about. */
export interface EventContext {
  readonly services: QemuServices;
  readonly guest: Guest;
  readonly live: LiveGuest;
  readonly event: QmpEvent;
}
