import type { Memballoon } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { has, type CommandContext, type Section } from './context.js';
import type { JsonObject } from './json.js';
import { device } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

export const balloonSection: Section = (context) => {
  const balloon = context.domain.devices.memballoon;
  return balloon === undefined || balloon.model === 'none' ? [] : [device(balloonDevice(balloon, context))];
};

/** The device (`device_add`). */
const balloonDevice = (balloon: Memballoon, context: CommandContext): JsonObject => ({
  driver: virtioDriver('virtio-balloon', balloon, balloon.model),
  ...virtioProperties(balloon.driver),
  id: balloon.alias,
  'deflate-on-oom': balloon.autodeflate,
  'free-page-reporting': has(context, 'virtio-balloon.free-page-reporting') ? balloon.freePageReporting : undefined,
  ...addressProperties(balloon, context.domain),
});
