import { cpuModes } from './domain-capability-cpus.js';
import { devices } from './domain-capability-devices.js';
import type { DomainCapabilityFacts } from './domain-capability-facts.js';
import { features } from './domain-capability-features.js';
import type { Item } from './document.js';
import { element, enumeration, leaf, writeDocument } from './document.js';
import { acceleratorOf, canonicalMachine, findMachine } from './qemu-capabilities.js';

/**
 * The domain capabilities document of an emulator, machine and accelerator.
 * @libvirt virConnectGetDomainCapabilities
 */
export function domainCapabilitiesDocument(facts: DomainCapabilityFacts): string {
  const { capabilities, virtType } = facts;
  const machine = canonicalMachine(capabilities, virtType, facts.machine);
  return writeDocument(
    element('domainCapabilities', {}, [
      leaf('path', capabilities.emulator),
      leaf('domain', virtType),
      leaf('machine', machine),
      leaf('arch', capabilities.arch),
      ...vcpu(facts),
      element('iothreads', { supported: 'yes' }),
      os(facts, machine),
      cpuModes(facts),
      memoryBacking(facts),
      devices(facts, machine),
      features(facts),
    ]),
  );
}

function vcpu(facts: DomainCapabilityFacts): readonly Item[] {
  const machine = findMachine(facts.capabilities, facts.virtType, facts.machine);
  const host =
    acceleratorOf(facts.virtType) === 'kvm' ? (facts.maxVcpus ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const max = Math.min(machine?.maxCpus ?? 0, host);
  return max > 0 ? [element('vcpu', { max: String(max) })] : [];
}

function os(facts: DomainCapabilityFacts, machine: string): Item {
  const secure = facts.firmware.secure && machine.includes('q35');
  return element('os', { supported: 'yes' }, [
    enumeration('firmware', facts.firmware.interfaces),
    element('loader', { supported: 'yes' }, [
      ...facts.loaders.map((path) => leaf('value', path)),
      enumeration('type', ['rom', 'pflash']),
      enumeration('readonly', ['yes', 'no']),
      enumeration('secure', secure ? ['yes', 'no'] : ['no']),
    ]),
  ]);
}

const memoryBacking = ({ capabilities }: DomainCapabilityFacts): Item =>
  element('memoryBacking', { supported: 'yes' }, [
    enumeration('sourceType', [
      'file',
      'anonymous',
      ...(capabilities.flags.has('memory-backend-memfd') ? ['memfd'] : []),
    ]),
  ]);
