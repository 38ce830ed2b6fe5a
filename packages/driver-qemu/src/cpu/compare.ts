import { errorsFrom, type Cpu, type CpuFeature } from '@virtkit/schema';
import type { CpuMap } from './cpu-map.js';
import { CpuidData } from './cpuid-data.js';
import { featuresIn } from './decode.js';

const cpuError = errorsFrom('CPU');

/**
 * Refuses a guest's CPU that needs more than the host offers, or forbids something the host has.
 * @throws `CPU_INCOMPATIBLE` with the features
 * @libvirt virCPUCompare
 */
export function refuseIncompatible(cpu: Cpu, host: CpuidData, map: CpuMap): void {
  for (const { name, policy } of cpu.features) {
    if (policy === 'forbid' && host.has(map.feature(name)?.data ?? new CpuidData()))
      throw cpuError('CPU_INCOMPATIBLE', `Host CPU provides forbidden feature '${name}'`);
  }
  const missing = map.model(cpu.model?.name ?? '')?.data.copy() ?? new CpuidData();
  missing.remove(bitsOf(cpu.features, ['force', 'optional', 'disable'], map));
  missing.add(bitsOf(cpu.features, ['require', undefined], map));
  missing.remove(host);
  const names = featuresIn(map, missing);
  if (names.length > 0)
    throw cpuError('CPU_INCOMPATIBLE', `Host CPU does not provide required features: ${names.join(', ')}`);
}

type Policy = CpuFeature['policy'];

function bitsOf(features: readonly CpuFeature[], policies: readonly Policy[], map: CpuMap): CpuidData {
  const data = new CpuidData();
  for (const { name, policy } of features)
    if (policies.includes(policy)) data.add(map.feature(name)?.data ?? new CpuidData());
  return data;
}
