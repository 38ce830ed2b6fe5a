import type { Rng } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { chardevOptions } from './chardev.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, object, type QemuOption } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** Random number generators: the source of their entropy, then the device. */
export const rngSection: Section = (context) => context.domain.devices.rngs.flatMap((rng) => rngOptions(rng, context));

const rngOptions = (rng: Rng, context: CommandContext): readonly QemuOption[] => [
  ...(rng.backend.model === 'egd'
    ? chardevOptions({ alias: rng.alias ?? '', source: rng.backend.source }, context)
    : []),
  object(rngObject(rng)),
  device(rngDevice(rng, context)),
];

/** The entropy source (`object-add`). */
export function rngObject(rng: Rng): JsonObject {
  const id = `obj${rng.alias}`;
  switch (rng.backend.model) {
    case 'random':
      return { 'qom-type': 'rng-random', id, filename: rng.backend.device ?? '/dev/random' };
    case 'egd':
      return { 'qom-type': 'rng-egd', id, chardev: `char${rng.alias}` };
    case 'builtin':
      return { 'qom-type': 'rng-builtin', id };
  }
}

/** The device (`device_add`). */
export const rngDevice = (rng: Rng, { domain }: Pick<CommandContext, 'domain'>): JsonObject => ({
  driver: virtioDriver('virtio-rng', rng, rng.model),
  ...virtioProperties(rng.driver),
  rng: `obj${rng.alias}`,
  id: rng.alias,
  ...(rng.rate && { 'max-bytes': rng.rate.bytes, period: rng.rate.period ?? 1000 }),
  ...addressProperties(rng, domain),
});
