import type { CpuMap } from '../cpu/cpu-map.js';
import type { DecodedCpu } from '../cpu/decode.js';
import { cpuModes } from './domain-capability-cpus.js';
import { devices } from './domain-capability-devices.js';
import { features } from './domain-capability-features.js';
import type { Item } from './document.js';
import { element, enumeration, leaf, writeDocument } from './document.js';
import type { QemuCapabilities } from './qemu-capabilities.js';
import { acceleratorOf, canonicalMachine, findMachine } from './qemu-capabilities.js';

/** What domain capabilities depend on beside the binary. */
export interface DomainCapabilityFacts {
  readonly capabilities: QemuCapabilities;
  readonly virtType: string;
  /** Name or alias. */
  readonly machine: string;
  /** Firmware images for the machine, in order of preference. */
  readonly loaders: readonly string[];
  readonly firmware: { readonly secure: boolean; readonly interfaces: readonly ('bios' | 'efi')[] };
  readonly cpuMap: CpuMap | undefined;
  /** What `host-model` gives with this accelerator. */
  readonly hostModel: DecodedCpu | undefined;
  /** Bits of physical addresses of the host's CPU; undefined where unknown. */
  readonly physicalAddressBits: number | undefined;
  /** TPM versions that the emulator installed here offers. */
  readonly tpmVersions: readonly string[];
  /** Guests that memory encryption can serve at once. */
  readonly sevGuests: { readonly plain: number; readonly encryptedState: number } | undefined;
  /** The helper that shows a guest by RDP is installed. */
  readonly rdp: boolean;
  /** The host's vCPU limit for one guest. */
  readonly maxVcpus: number | undefined;
}

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
