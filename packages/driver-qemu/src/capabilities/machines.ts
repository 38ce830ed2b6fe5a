import { asList, booleanOf, numberOf, textOf } from './answers.js';
import type { MachineType } from './qemu-capabilities.js';

/** The machine a guest gets when its document names none, whatever the binary's own default is. */
const preferredMachines: Readonly<Record<string, string>> = {
  aarch64: 'virt',
  armv7l: 'virt',
  alpha: 'clipper',
  cris: 'axis-dev88',
  i686: 'pc',
  lm32: 'lm32-evr',
  loongarch64: 'virt',
  m68k: 'mcf5208evb',
  microblaze: 'petalogix-s3adsp1800',
  microblazeel: 'petalogix-s3adsp1800',
  mips: 'malta',
  mips64: 'malta',
  mips64el: 'malta',
  mipsel: 'malta',
  openrisc: 'or1k-sim',
  ppc: 'g3beige',
  ppc64: 'pseries',
  ppc64le: 'pseries',
  ppcemb: 'bamboo',
  riscv32: 'virt',
  riscv64: 'virt',
  s390x: 's390-ccw-virtio',
  sh4: 'shix',
  sparc: 'SS-5',
  sparc64: 'sun4u',
  x86_64: 'pc',
};

/** Machine types with the preferred one of the architecture first. */
export function machinesOf(answer: unknown, arch: string): readonly MachineType[] {
  const machines = machineTypes(answer);
  const preferred = machines.find((machine) => isPreferred(machine, preferredMachines[arch]));
  return preferred === undefined ? machines : [preferred, ...machines.filter((machine) => machine !== preferred)];
}

const isPreferred = (machine: MachineType, name: string | undefined): boolean =>
  name !== undefined && (machine.name === name || machine.alias === name);

/** Machine types from the answer to `query-machines`, without the empty machine that only probing uses. */
export const machineTypes = (answer: unknown): readonly MachineType[] =>
  asList(answer)
    .filter((entry) => entry['name'] !== 'none')
    .map((entry) => ({
      name: textOf(entry['name']) ?? '',
      ...optional('alias', textOf(entry['alias'])),
      isDefault: entry['is-default'] === true,
      maxCpus: numberOf(entry['cpu-max']) ?? 0,
      hotplugCpus: entry['hotpluggable-cpus'] === true,
      ...optional('defaultCpu', textOf(entry['default-cpu-type'])),
      numaMemSupported: booleanOf(entry['numa-mem-supported']) ?? true,
      ...optional('defaultRamId', textOf(entry['default-ram-id'])),
      deprecated: entry['deprecated'] === true,
      ...optional('acpi', booleanOf(entry['acpi'])),
    }));

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V }); // computed keys widen
