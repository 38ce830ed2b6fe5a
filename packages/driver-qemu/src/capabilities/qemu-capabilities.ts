import type { QemuFlag } from './flags.js';

/** What one QEMU binary can do, as found by asking it. */
export interface QemuCapabilities {
  /** Path of the binary. */
  readonly emulator: string;
  /** major × 1,000,000 + minor × 1,000 + micro. */
  readonly version: number;
  /** The distributor's version text; empty when there is none. */
  readonly package: string;
  /** Architecture in the names of domain documents (`x86_64`, `ppc64`, …). */
  readonly arch: string;
  readonly flags: ReadonlySet<QemuFlag>;
  /** Per accelerator; `tcg` is there for every binary built with it. */
  readonly accelerators: Readonly<Partial<Record<AcceleratorName, AcceleratorCapabilities>>>;
  readonly gic: readonly GicCapability[];
  readonly sev?: SevCapability;
  readonly sgx?: SgxCapability;
  /** Enlightenments for Windows guests; undefined where the question was not answered. */
  readonly hyperv?: readonly string[];
  /** TPM front ends and back ends the binary knows. */
  readonly tpmModels: readonly string[];
  readonly tpmTypes: readonly string[];
}

export type AcceleratorName = 'kvm' | 'hvf' | 'tcg';

export interface AcceleratorCapabilities {
  readonly hostCpu?: HostCpuModel;
  readonly cpus: readonly CpuModel[];
  readonly machines: readonly MachineType[];
}

/** The CPU that `-cpu host` (or `max`) gives, as a model with properties. */
export interface HostCpuModel {
  readonly model: string;
  readonly migratability: boolean;
  readonly properties: readonly HostCpuProperty[];
  /** Features that guests should no longer be given (s390x). */
  readonly deprecated: readonly string[];
}

export interface HostCpuProperty {
  readonly name: string;
  readonly value: boolean | number | string;
  /** Whether it survives a migration; undefined where unknown. */
  readonly migratable?: boolean;
}

export interface CpuModel {
  readonly name: string;
  readonly typename: string | undefined;
  readonly usable: boolean | undefined;
  readonly blockers: readonly string[];
  readonly deprecated: boolean;
  readonly vendor?: string;
}

export interface MachineType {
  readonly name: string;
  readonly alias?: string;
  readonly isDefault: boolean;
  readonly maxCpus: number;
  readonly hotplugCpus: boolean;
  readonly defaultCpu?: string;
  readonly numaMemSupported: boolean;
  readonly defaultRamId?: string;
  readonly deprecated: boolean;
  /** Undefined where the binary does not say. */
  readonly acpi?: boolean;
}

export interface GicCapability {
  readonly version: number;
  readonly kernel: boolean;
  readonly emulated: boolean;
}

export interface SevCapability {
  readonly pdh: string;
  readonly certChain: string;
  readonly cpu0Id?: string;
  readonly cbitpos: number;
  readonly reducedPhysBits: number;
}

export interface SgxCapability {
  readonly flc: boolean;
  readonly sgx1?: boolean;
  readonly sgx2?: boolean;
  /** Bytes. */
  readonly sectionSize: number;
  readonly sections: readonly { readonly node: number; readonly size: number }[];
}

/** The accelerator behind a domain's virtualization type. */
export const acceleratorOf = (virtType: string): AcceleratorName =>
  virtType === 'kvm' ? 'kvm' : virtType === 'hvf' ? 'hvf' : 'tcg';

/** A machine type by name or alias. */
export function findMachine(capabilities: QemuCapabilities, virtType: string, name: string): MachineType | undefined {
  const machines = capabilities.accelerators[acceleratorOf(virtType)]?.machines ?? [];
  return machines.find((machine) => machine.name === name) ?? machines.find((machine) => machine.alias === name);
}

/** The name behind a machine type's alias; the name itself when it is none. */
export const canonicalMachine = (capabilities: QemuCapabilities, virtType: string, name: string): string =>
  capabilities.accelerators[acceleratorOf(virtType)]?.machines.find((machine) => machine.alias === name)?.name ?? name;
