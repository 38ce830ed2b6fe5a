import type { Domain } from '@virtkit/schema';

export const isX86 = (arch: string): boolean => arch === 'x86_64' || arch === 'i686';

export const isArm = (arch: string): boolean => arch === 'aarch64' || arch === 'armv7l' || arch === 'armv6l';

export const isPpc64 = (arch: string): boolean => arch === 'ppc64' || arch === 'ppc64le';

export const isS390 = (arch: string): boolean => arch === 's390x' || arch === 's390';

/** Whether a machine type is of this family: the name itself or a version of it. */
const family = (machine: string, ...prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => machine === prefix || machine.startsWith(`${prefix}-`));

const machineOf = ({ os }: Domain): string => os.type.machine ?? '';

export const isQ35 = (domain: Domain): boolean =>
  isX86(domain.os.type.arch ?? '') && family(machineOf(domain), 'q35', 'pc-q35');

export const isI440fx = (domain: Domain): boolean => {
  const machine = machineOf(domain);
  return (
    isX86(domain.os.type.arch ?? '') &&
    (machine === 'pc' || family(machine, 'pc-i440fx') || /^pc-[0-9]/.test(machine) || machine.startsWith('rhel'))
  );
};

export const isPseries = (domain: Domain): boolean =>
  isPpc64(domain.os.type.arch ?? '') && family(machineOf(domain), 'pseries');

export const isArmVirt = (domain: Domain): boolean =>
  isArm(domain.os.type.arch ?? '') && family(machineOf(domain), 'virt');

export const isRiscvVirt = (domain: Domain): boolean =>
  (domain.os.type.arch ?? '').startsWith('riscv') && family(machineOf(domain), 'virt');

export const isLoongarchVirt = (domain: Domain): boolean =>
  domain.os.type.arch === 'loongarch64' && family(machineOf(domain), 'virt');
