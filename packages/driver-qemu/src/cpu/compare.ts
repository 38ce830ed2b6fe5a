import { errorsFrom, type Cpu, type CpuFeature } from '@virtkit/schema';
import type { CpuMap } from './cpu-map.js';
import { CpuidData } from './cpuid-data.js';
import { type DecodedCpu, featuresIn } from './decode.js';

const cpuError = errorsFrom('CPU');

/**
 * Refuses a guest's CPU that needs more than the host offers, or forbids something the host has.
 * @throws `CPU_INCOMPATIBLE` with the features
 * @libvirt virCPUCompare
 */
export function refuseIncompatible(cpu: Cpu, host: CpuidData, map: CpuMap): void {
  const vendor = map.vendors.find(({ data }) => host.has(data))?.name;
  if (cpu.vendor !== undefined && vendor !== undefined && cpu.vendor !== vendor)
    throw cpuError('CPU_INCOMPATIBLE', `host CPU vendor does not match required CPU vendor ${cpu.vendor}`);
  const forbidden = bitsOf(cpu.features, ['forbid'], map);
  forbidden.keep(host);
  refuseAny('Host CPU provides forbidden features', forbidden, map);
  const missing = map.model(cpu.model?.name ?? '')?.data.copy() ?? new CpuidData();
  missing.remove(bitsOf(cpu.features, ['force', 'optional', 'disable'], map));
  missing.add(bitsOf(cpu.features, ['require', undefined], map));
  missing.remove(host);
  refuseAny('Host CPU does not provide required features', missing, map);
}

/**
 * Refuses a guest's CPU that forbids what the host has beyond the model it is described by.
 * @throws `CPU_INCOMPATIBLE` with the first such feature
 */
export function refuseForbidden(cpu: Cpu, host: Pick<DecodedCpu, 'features'> | undefined): void {
  const extra = new Set(host?.features.filter(({ policy }) => policy === 'require').map(({ name }) => name));
  const found = cpu.features.find(({ name, policy }) => policy === 'forbid' && extra.has(name));
  if (found !== undefined) throw cpuError('CPU_INCOMPATIBLE', `Host CPU provides forbidden feature '${found.name}'`);
}

function refuseAny(why: string, data: CpuidData, map: CpuMap): void {
  const names = featuresIn(map, data);
  if (names.length > 0) throw cpuError('CPU_INCOMPATIBLE', `${why}: ${names.join(', ')}`);
}

/** @throws `CONFIG_UNSUPPORTED` for a feature, `INTERNAL_ERROR` for a model that is in no table */
export function refuseUnknown({ mode, model, features }: Cpu, map: CpuMap): void {
  const unknown = features.find(({ name }) => map.feature(name) === undefined);
  if (unknown !== undefined) throw cpuError('CONFIG_UNSUPPORTED', `unknown CPU feature: ${unknown.name}`);
  if (mode === 'custom' && model?.name !== undefined && map.model(model.name) === undefined)
    throw cpuError('INTERNAL_ERROR', `Unknown CPU model ${model.name}`);
}

type Policy = CpuFeature['policy'];

function bitsOf(features: readonly CpuFeature[], policies: readonly Policy[], map: CpuMap): CpuidData {
  const data = new CpuidData();
  for (const { name, policy } of features)
    if (policies.includes(policy)) data.add(map.feature(name)?.data ?? new CpuidData());
  return data;
}
