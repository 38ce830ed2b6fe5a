import type { Watchdog } from '@virtkit/schema';
import { addressProperties } from './address.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, option, type QemuOption } from './option.js';

/** Watchdogs, and what happens when one barks. */
export const watchdogSection: Section = (context) => {
  const { watchdogs } = context.domain.devices;
  const [first] = watchdogs;
  if (!first) return [];
  const action = first.action === 'dump' ? 'pause' : (first.action ?? 'reset');
  return [...watchdogs.flatMap((watchdog) => watchdogOptions(watchdog, context)), option('watchdog-action', action)];
};

/** The one in the chipset is there already: it only has to be allowed to reset. */
const watchdogOptions = (watchdog: Watchdog, context: CommandContext): readonly QemuOption[] =>
  watchdog.model === 'itco' ? [option('global', 'ICH9-LPC.noreboot=off')] : [device(watchdogDevice(watchdog, context))];

/** The device (`device_add`). */
export const watchdogDevice = (watchdog: Watchdog, { domain }: Pick<CommandContext, 'domain'>): JsonObject => ({
  driver: watchdog.model,
  id: watchdog.alias,
  ...addressProperties(watchdog, domain),
});
