import type { Call } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { JsonObject, JsonValue } from '../command/json.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { asClientErrors } from '../monitor/qmp-failure.js';

/** A change of the devices of a running guest: what each of its steps needs. */
export interface Plugging {
  readonly services: QemuServices;
  readonly running: RunningGuest;
  /** A completed copy of the live definition that holds what is plugged in. */
  readonly definition: Domain;
  readonly call: Call;
}

/** Has QEMU do something. @throws VirtError with QEMU's words */
export const command = ({ running, call }: Plugging, name: string, args: JsonObject): Promise<JsonValue> =>
  asClientErrors(running.monitor.execute(name, args, call));
