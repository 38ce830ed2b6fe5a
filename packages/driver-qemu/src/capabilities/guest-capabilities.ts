import type { Item } from './document.js';
import { element, leaf, writeDocument } from './document.js';
import type { MachineType, QemuCapabilities } from './qemu-capabilities.js';

export interface GuestCapabilityOptions {
  /** Whether the machine types are named. */
  readonly machines: boolean;
  /** KVM is listed only where the architecture of the guest is the host's (or its 32-bit form). */
  readonly kvm: boolean;
  /** Another architecture than the binary's own: a 64-bit binary also runs 32-bit guests. */
  readonly arch?: string;
}

const narrow = new Set([
  'i686',
  'armv6l',
  'armv7l',
  'armv7b',
  'cris',
  'lm32',
  'm68k',
  'microblaze',
  'microblazeel',
  'mips',
  'mipsel',
  'openrisc',
  'parisc',
  'ppc',
  'ppcle',
  'riscv32',
  's390',
  'sh4',
  'sh4eb',
  'sparc',
  'unicore32',
  'xtensa',
  'xtensaeb',
]);
const acpiArchitectures = new Set(['i686', 'x86_64', 'aarch64', 'loongarch64']);

/** The `<guest>` element of one emulator in a capabilities document. */
export function guestCapabilities(capabilities: QemuCapabilities, options: GuestCapabilityOptions): Item {
  const arch = options.arch ?? capabilities.arch;
  const machines = capabilities.accelerators.tcg?.machines ?? capabilities.accelerators.kvm?.machines ?? [];
  return element('guest', {}, [
    leaf('os_type', 'hvm'),
    element('arch', { name: arch }, [
      leaf('wordsize', narrow.has(arch) ? '32' : '64'),
      leaf('emulator', capabilities.emulator),
      ...(options.machines ? machines.flatMap(machineItems) : []),
      ...(capabilities.flags.has('tcg') ? [element('domain', { type: 'qemu' })] : []),
      ...(options.kvm && capabilities.flags.has('kvm') ? [element('domain', { type: 'kvm' })] : []),
    ]),
    element('features', {}, features(arch)),
  ]);
}

function machineItems(machine: MachineType): readonly Item[] {
  const attributes = {
    maxCpus: machine.maxCpus > 0 ? String(machine.maxCpus) : undefined,
    deprecated: machine.deprecated ? 'yes' : undefined,
  };
  const own = leaf('machine', machine.name, attributes);
  return machine.alias === undefined
    ? [own]
    : [own, leaf('machine', machine.alias, { canonical: machine.name, ...attributes })];
}

function features(arch: string): readonly Item[] {
  const isX86 = arch === 'i686' || arch === 'x86_64';
  return [
    ...(arch === 'i686' ? [element('pae', {}), element('nonpae', {})] : []),
    ...(acpiArchitectures.has(arch) ? [element('acpi', { default: 'on', toggle: 'yes' })] : []),
    ...(isX86 ? [element('apic', { default: 'on', toggle: 'no' })] : []),
    element('cpuselection', {}),
    element('deviceboot', {}),
    element('disksnapshot', { default: 'on', toggle: 'no' }),
    element('externalSnapshot', {}),
  ];
}

/** The element as text, each line indented by two. */
export const guestCapabilitiesText = (capabilities: QemuCapabilities, options: GuestCapabilityOptions): string =>
  writeDocument(guestCapabilities(capabilities, options)).replace(/^(?=.)/gm, '  ');
