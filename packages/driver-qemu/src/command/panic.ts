import type { Panic } from '@virtkit/schema';
import { addressProperties } from './address.js';
import type { CommandContext, Section } from './context.js';
import { device, type QemuOption } from './option.js';

/** Devices through which a guest tells that it crashed; some models are a property of the CPU or the machine. */
export const panicSection: Section = (context) =>
  context.domain.devices.panics.flatMap((panic) => panicOptions(panic, context));

function panicOptions(panic: Panic, { domain }: CommandContext): readonly QemuOption[] {
  switch (panic.model) {
    case 'isa':
      return [device({ driver: 'pvpanic', ioport: panic.address?.type === 'isa' ? panic.address.iobase : undefined })];
    case 'pvpanic':
      return [device({ driver: 'pvpanic-pci', ...addressProperties(panic, domain) })];
    default:
      return [];
  }
}
