import type { Domain } from '@virtkit/schema';

/** The machine type of a definition, without the architecture's prefix rules: `pc-q35-9.0`, `virt`. */
export const machineOf = (domain: Domain): string => domain.os.type.machine ?? '';

export const archOf = (domain: Domain): string => domain.os.type.arch ?? '';

export const isX86Arch = (arch: string): boolean => arch === 'x86_64' || arch === 'i686';
export const isX86 = (domain: Domain): boolean => isX86Arch(archOf(domain));

const is = (domain: Domain, ...names: readonly string[]): boolean => {
  const machine = machineOf(domain);
  return names.some((name) => (name.endsWith('-') ? machine.startsWith(name) : machine === name));
};

/** `pc`, `pc-0.…`, `pc-1.…`, `pc-i440fx-…`, `rhel-…`. */
export const isI440fx = (domain: Domain): boolean =>
  isX86(domain) && (is(domain, 'pc', 'pc-i440fx-', 'rhel-') || /^pc-[01]\./.test(machineOf(domain)));

export const isQ35 = (domain: Domain): boolean => isX86(domain) && is(domain, 'q35', 'pc-q35-');

export const isPseries = (domain: Domain): boolean =>
  archOf(domain).startsWith('ppc64') && is(domain, 'pseries', 'pseries-');

const armArchitectures = ['aarch64', 'armv7l', 'armv6l'];
export const isArm = (domain: Domain): boolean => armArchitectures.includes(archOf(domain));
export const isArmVirt = (domain: Domain): boolean => isArm(domain) && is(domain, 'virt', 'virt-');
export const isRiscvVirt = (domain: Domain): boolean =>
  archOf(domain).startsWith('riscv') && is(domain, 'virt', 'virt-');
export const isLoongarchVirt = (domain: Domain): boolean =>
  archOf(domain) === 'loongarch64' && is(domain, 'virt', 'virt-');
export const isS390 = (domain: Domain): boolean => archOf(domain).startsWith('s390');
export const isS390Ccw = (domain: Domain): boolean => isS390(domain) && machineOf(domain).startsWith('s390-ccw');

/** The machine's own root of its PCI topology. */
function pciRootOf(domain: Domain): 'pci-root' | 'pcie-root' | undefined {
  return domain.devices.controllers.find((controller) => controller.type === 'pci' && controller.index === 0)?.model as
    | 'pci-root'
    | 'pcie-root'
    | undefined; // validated before: index 0 has no other model
}

export const hasPcieRoot = (domain: Domain): boolean => pciRootOf(domain) === 'pcie-root';
export const hasPciRoot = (domain: Domain): boolean => pciRootOf(domain) === 'pci-root';

/** Whether the machine has PCI at all. */
export const supportsPci = (domain: Domain): boolean => {
  if (isX86(domain)) return true;
  if (isArm(domain)) return isArmVirt(domain) || is(domain, 'versatilepb');
  if (archOf(domain).startsWith('riscv')) return isRiscvVirt(domain);
  return !['sparc', 'm68k', 'sh4'].includes(archOf(domain));
};
