import type { Cpu, CpuFeature, Domain } from '@virtkit/schema';
import {
  type AcceleratorCapabilities,
  acceleratorOf,
  type CpuModel,
  type QemuCapabilities,
} from '../capabilities/qemu-capabilities.js';
import { refuseForbidden, refuseIncompatible, refuseUnknown } from '../cpu/compare.js';
import { CpuidData } from '../cpu/cpuid-data.js';
import type { CpuMap } from '../cpu/cpu-map.js';
import { decodeCpu } from '../cpu/decode.js';
import { cpuidFromProperties } from '../cpu/qmp-cpu.js';
import { isX86 } from './architecture.js';

/** A CPU as model and differences, as guests are offered it. */
export interface HostCpu {
  readonly model: string;
  readonly vendor?: string | undefined;
  readonly features: readonly { readonly name: string; readonly policy: 'require' | 'disable' }[];
}

export interface GuestCpuFacts {
  readonly capabilities: QemuCapabilities;
  /** The table of CPU models; without it a document's CPU stays as it is. */
  readonly cpuMap: CpuMap | undefined;
  /** What a guest is offered, where it isn't what the emulator reports. */
  readonly hostCpu?: HostCpu | undefined;
}

/**
 * Settles what a document leaves to the host: `host-model` becomes a model with features, optional features are required
 * or disabled. Changes the definition: it is the running guest's own copy.
 */
export function updateGuestCpu(domain: Domain, facts: GuestCpuFacts): void {
  const { cpu } = domain;
  if (!cpu || !isX86(domain.os.type.arch ?? '') || facts.cpuMap === undefined) return;
  refuseUnknown(isMinimum(cpu) ? { ...cpu, model: undefined } : cpu, facts.cpuMap);
  if (checkOf(cpu) !== 'none') checkAgainstHost(cpu, domain, facts, facts.cpuMap);
  const ofHost = cpu.mode === 'host-model' || isMinimum(cpu);
  const needsHost = ofHost || cpu.features.some(({ policy }) => policy === 'optional');
  const host = needsHost ? offeredCpu(domain, facts, facts.cpuMap) : undefined;
  if (ofHost) useHostModel(cpu, host);
  else if (cpu.mode === 'custom' && cpu.model?.name !== undefined) switchOffRemoved(cpu, facts.cpuMap);
  if (cpu.mode === 'custom') settleOptional(cpu, host, facts.cpuMap);
}

/** A model of the host's is compared for what the document adds to it. */
const checkOf = ({ check, mode }: Cpu): NonNullable<Cpu['check']> =>
  check ?? (mode === 'host-model' ? 'partial' : 'none');

/** An emulated CPU has what the emulator reports; with KVM it also depends on the processor. */
function checkAgainstHost(cpu: Cpu, domain: Domain, { capabilities }: GuestCpuFacts, map: CpuMap): void {
  const accelerator = acceleratorOf(domain.type) === 'tcg' ? capabilities.accelerators.tcg : undefined;
  if (accelerator?.hostCpu === undefined) return;
  const host = cpuidFromProperties(map, accelerator.hostCpu, false);
  if (cpu.features.some(({ policy }) => policy === 'forbid')) refuseForbidden(cpu, describe(map, host, accelerator));
  if (hasModel(cpu) && checkOf(cpu) === 'partial' && !isUsable(cpu, accelerator.cpus))
    refuseIncompatible(cpu, host, map);
}

const hasModel = ({ mode }: Cpu): boolean => mode === 'custom' || mode === 'host-model';

/** A host as guests of this kind see it, by a model the emulator has. */
const describe = (map: CpuMap, data: CpuidData, { cpus }: AcceleratorCapabilities): HostCpu | undefined =>
  decodeCpu(map, data, { for: 'guest', usable: new Map(cpus.map(({ name, blockers }) => [name, blockers])) });

/** The emulator itself says that it can give the model, and nothing is added to it. */
const isUsable = ({ mode, model, features }: Cpu, cpus: readonly CpuModel[]): boolean =>
  mode === 'custom' &&
  cpus.find(({ name }) => name === model?.name)?.usable === true &&
  features.every(({ policy }) => policy === 'disable');

/** At least the model named: the guest gets all the host has. */
const isMinimum = ({ mode, match, model }: Cpu): boolean =>
  mode === 'custom' && match === 'minimum' && model?.name !== undefined;

/** The CPU a guest of this kind is offered; undefined where the emulator reports none. */
function offeredCpu(domain: Domain, facts: GuestCpuFacts, map: CpuMap): HostCpu | undefined {
  if (facts.hostCpu) return migratable(facts.hostCpu, map);
  const accelerator = facts.capabilities.accelerators[acceleratorOf(domain.type)];
  if (accelerator?.hostCpu === undefined) return undefined;
  return describe(map, cpuidFromProperties(map, accelerator.hostCpu, true), accelerator);
}

const migratable = (cpu: HostCpu, map: CpuMap): HostCpu => ({
  ...cpu,
  features: cpu.features.filter(({ name }) => map.feature(name)?.migratable !== false),
});

/** What the document says of single features goes before what the host has. */
function useHostModel(cpu: Cpu, host: HostCpu | undefined): void {
  if (!host) return;
  const own = cpu.features;
  const vendorId = cpu.model?.vendorId;
  cpu.mode = 'custom';
  cpu.match = 'exact';
  cpu.model = { fallback: 'forbid', name: host.model, ...(vendorId === undefined ? {} : { vendorId }) };
  cpu.features = merged(host.features, own);
}

function merged(base: readonly CpuFeature[], changes: readonly CpuFeature[]): CpuFeature[] {
  const features = new Map(base.map((feature) => [feature.name, { ...feature }]));
  for (const change of changes) features.set(change.name, { ...change });
  return [...features.values()];
}

/** Optional features the guest gets where the host has them. */
function settleOptional(cpu: Cpu, host: HostCpu | undefined, map: CpuMap): void {
  const data = host && dataOf(host, map);
  for (const feature of cpu.features) {
    if (feature.policy !== 'optional') continue;
    const bits = map.feature(feature.name)?.data;
    feature.policy = bits !== undefined && data?.has(bits) ? 'require' : 'disable';
  }
}

/** What a model lost over time is switched off by name. */
function switchOffRemoved(cpu: Cpu, map: CpuMap): void {
  const named = new Set(cpu.features.map(({ name }) => name));
  for (const name of map.model(cpu.model?.name ?? '')?.removed ?? [])
    if (!named.has(name)) cpu.features.push({ name, policy: 'disable' });
}

function dataOf(cpu: HostCpu, map: CpuMap): CpuidData {
  const data = map.model(cpu.model)?.data.copy() ?? new CpuidData();
  for (const { name, policy } of cpu.features) {
    const bits = map.feature(name)?.data;
    if (bits === undefined) continue;
    if (policy === 'require') data.add(bits);
    else data.remove(bits);
  }
  return data;
}
