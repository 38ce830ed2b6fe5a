import { findMachine } from '../capabilities/qemu-capabilities.js';
import type { CommandContext, Section } from './context.js';
import { memoryBackendOptions } from './memory-backend.js';
import { cellMemory, initialMemory } from './memory-size.js';
import { pairs, type QemuOption } from './option.js';

/** `-m`, the object of all memory of a guest without nodes, and whether memory is locked. */
export const memorySection: Section = (context) => {
  const id = systemRamId(context);
  const size = initialMemory(context.domain, context.start.incoming !== undefined) * 1024;
  return [
    sizeOption(context),
    ...(id === undefined ? [] : memoryBackendOptions({ id, size, isSystem: true }, context)),
    pairs('overcommit', ['mem-lock', context.domain.memoryBacking?.locked ? 'on' : 'off']),
  ];
};

/** Name of the object that is all memory of a guest without nodes; undefined where it has nodes or the machine no such. */
export function systemRamId({ domain, capabilities }: CommandContext): string | undefined {
  if (domain.cpu?.numa?.cells.length) return undefined;
  return findMachine(capabilities, domain.type, domain.os.type.machine ?? '')?.defaultRamId;
}

function sizeOption({ domain, start }: CommandContext): QemuOption {
  const { maxMemory } = domain;
  return pairs(
    'm',
    ['size', `${initialMemory(domain, start.incoming !== undefined)}k`],
    maxMemory?.slots ? ['slots', String(maxMemory.slots)] : undefined,
    maxMemory && ['maxmem', `${cellMemory(maxMemory.size, domain)}k`],
  );
}
