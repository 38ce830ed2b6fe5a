import { errorsFrom } from '@virtkit/schema';
import type { Domain } from '@virtkit/schema';
import { acceleratorOf, canonicalMachine } from '../capabilities/qemu-capabilities.js';
import type { QemuFacts } from './facts.js';

const virtError = errorsFrom('QEMU');

/** Emulator, architecture and machine: what everything else depends on. */
export function completeBasics(domain: Domain, facts: QemuFacts): void {
  const { type } = domain.os;
  type.arch ??= facts.host.arch;
  domain.devices.emulator ??= emulatorFor(type.arch, facts);
  if (facts.capabilitiesProblem !== undefined && !facts.isLoad) throw facts.capabilitiesProblem;
  type.machine ??= preferredMachine(domain, facts);
  if (facts.capabilities !== undefined) type.machine = canonicalMachine(facts.capabilities, domain.type, type.machine);
}

function emulatorFor(arch: string, facts: QemuFacts): string {
  if (facts.emulator === undefined) throw virtError('CONFIG_UNSUPPORTED', `No emulator found for arch '${arch}'`);
  return facts.emulator;
}

function preferredMachine(domain: Domain, facts: QemuFacts): string {
  const machine = facts.capabilities?.accelerators[acceleratorOf(domain.type)]?.machines[0];
  if (machine === undefined) {
    throw virtError(
      'INVALID_ARG',
      `could not get preferred machine for ${domain.devices.emulator ?? ''} type=${domain.type}`,
    );
  }
  return machine.alias ?? machine.name;
}
