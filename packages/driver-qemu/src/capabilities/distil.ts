import { asList, asObject, asTexts, booleanOf, numberOf, textOf } from './answers.js';
import { cpuModels, hostCpuModel } from './cpus.js';
import { flagSet } from './flag-set.js';
import { hypervCapabilities } from './hyperv.js';
import { machinesOf } from './machines.js';
import type { ProbeReplies } from './probe-replies.js';
import type {
  AcceleratorCapabilities,
  AcceleratorName,
  GicCapability,
  QemuCapabilities,
  SevCapability,
  SgxCapability,
} from './qemu-capabilities.js';

/** What a probe brought: the accelerated process first when there was one. */
export interface ProbeResult {
  readonly emulator: string;
  readonly first: ProbeReplies;
  /** The process started without acceleration, when the first had one. */
  readonly second?: ProbeReplies;
  /** Whether the host has Apple's hypervisor framework. */
  readonly hvf?: boolean;
}

const targetNames: Readonly<Record<string, string>> = { i386: 'i686', arm: 'armv7l', or1k: 'openrisc' };

/** Turns the answers of a probe into capabilities. Pure. */
export function distil(probe: ProbeResult): QemuCapabilities {
  const { first } = probe;
  const target = textOf(asObject(first.answer('query-target'))?.['arch']) ?? '';
  const arch = targetNames[target] ?? target;
  const accelerated = acceleration(probe);
  const number = asObject(asObject(first.answer('query-version'))?.['qemu']);
  const version = versionNumber(number?.['major'], number?.['minor'], number?.['micro']);
  const [sev, sgx, hyperv] = [
    sevOf(first),
    sgxOf(first),
    hypervCapabilities(first, accelerated === undefined ? 'max' : 'host'),
  ];
  const flags = flagSet(first, { arch, version, accelerated, sev: sev !== undefined, sgx: sgx !== undefined });
  return {
    emulator: probe.emulator,
    version,
    package: textOf(asObject(first.answer('query-version'))?.['package']) ?? '',
    arch,
    flags,
    accelerators: accelerators(probe, arch, accelerated),
    gic: gicOf(first),
    ...(sev === undefined ? {} : { sev }),
    ...(sgx === undefined ? {} : { sgx }),
    ...(hyperv === undefined || accelerated === 'hvf' ? {} : { hyperv }),
    tpmModels: asTexts(first.answer('query-tpm-models')),
    tpmTypes: asTexts(first.answer('query-tpm-types')),
  };
}

const versionNumber = (major: unknown, minor: unknown, micro: unknown): number =>
  (numberOf(major) ?? 0) * 1_000_000 + (numberOf(minor) ?? 0) * 1_000 + (numberOf(micro) ?? 0);

function acceleration(probe: ProbeResult): 'kvm' | 'hvf' | undefined {
  const kvm = asObject(probe.first.answer('query-kvm'));
  if (kvm?.['present'] === true && kvm['enabled'] === true) return 'kvm';
  return probe.hvf === true ? 'hvf' : undefined;
}

function accelerators(
  probe: ProbeResult,
  arch: string,
  accelerated: 'kvm' | 'hvf' | undefined,
): Partial<Record<AcceleratorName, AcceleratorCapabilities>> {
  if (accelerated === undefined) return { tcg: accelerator(probe.first, arch, 'max') };
  const first = { [accelerated]: accelerator(probe.first, arch, 'host') };
  return probe.second === undefined ? first : { ...first, tcg: accelerator(probe.second, arch, 'max') };
}

function accelerator(replies: ProbeReplies, arch: string, name: 'host' | 'max'): AcceleratorCapabilities {
  const hostCpu = hostCpuModel(replies, arch, name);
  return {
    ...(hostCpu === undefined ? {} : { hostCpu }),
    cpus: cpuModels(replies.answer('query-cpu-definitions')),
    machines: machinesOf(replies.answer('query-machines'), arch),
  };
}

const gicOf = (replies: ProbeReplies): readonly GicCapability[] =>
  asList(replies.answer('query-gic-capabilities')).map((entry) => ({
    version: numberOf(entry['version']) ?? 0,
    kernel: entry['kernel'] === true,
    emulated: entry['emulated'] === true,
  }));

function sevOf(replies: ProbeReplies): SevCapability | undefined {
  const answer = asObject(replies.answer('query-sev-capabilities'));
  const pdh = textOf(answer?.['pdh']);
  if (answer === undefined || pdh === undefined) return undefined;
  const cpu0Id = textOf(answer['cpu0-id']);
  return {
    pdh,
    certChain: textOf(answer['cert-chain']) ?? '',
    ...(cpu0Id === undefined ? {} : { cpu0Id }),
    cbitpos: numberOf(answer['cbitpos']) ?? 0,
    reducedPhysBits: numberOf(answer['reduced-phys-bits']) ?? 0,
  };
}

function sgxOf(replies: ProbeReplies): SgxCapability | undefined {
  const answer = asObject(replies.answer('query-sgx-capabilities'));
  const sectionSize = numberOf(answer?.['section-size']);
  if (answer === undefined || sectionSize === undefined) return undefined;
  const [sgx1, sgx2] = [booleanOf(answer['sgx1']), booleanOf(answer['sgx2'])];
  return {
    flc: answer['flc'] === true,
    ...(sgx1 === undefined ? {} : { sgx1 }),
    ...(sgx2 === undefined ? {} : { sgx2 }),
    sectionSize,
    sections: asList(answer['sections']).map((section) => ({
      node: numberOf(section['node']) ?? 0,
      size: numberOf(section['size']) ?? 0,
    })),
  };
}
