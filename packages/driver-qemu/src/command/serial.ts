import type { Parallel, Serial } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { chardevOptions } from './chardev.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, option } from './option.js';

/** Serial ports; those of the board itself are only told their host side. */
export const serialSection: Section = (context) =>
  context.domain.devices.serials.flatMap((serial) => [
    ...chardevOptions({ alias: serial.alias ?? '', source: serial.source }, context),
    isBoardPort(serial) ? option('serial', `chardev:char${serial.alias}`) : device(serialDevice(serial, context)),
  ]);

export const parallelSection: Section = (context) =>
  context.domain.devices.parallels.flatMap((parallel) => [
    ...chardevOptions({ alias: parallel.alias ?? '', source: parallel.source, isParallel: true }, context),
    device(parallelDevice(parallel)),
  ]);

const isBoardPort = ({ target }: Serial): boolean => target?.type === 'system-serial' || target?.model === undefined;

/** The guest's side (`device_add`). */
function serialDevice(serial: Serial, { domain }: Pick<CommandContext, 'domain'>): JsonObject {
  const model = serial.target?.model;
  return {
    driver: model,
    chardev: `char${serial.alias}`,
    id: serial.alias,
    index: model === 'isa-serial' ? serial.target?.port : undefined,
    ...addressProperties(serial, domain),
  };
}

const parallelDevice = ({ alias }: Parallel): JsonObject => ({
  driver: 'isa-parallel',
  chardev: `char${alias}`,
  id: alias,
});
