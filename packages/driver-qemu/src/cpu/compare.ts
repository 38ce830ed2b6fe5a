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
  const forbidden = bitsOf(cpu.features, ['forbid'], map);
  forbidden.keep(host);
  if (!forbidden.isEmpty) throw incompatible('Host CPU provides forbidden features', forbidden, map);
  const missing = map.model(cpu.model?.name ?? '')?.data.copy() ?? new CpuidData();
  missing.remove(bitsOf(cpu.features, ['force', 'optional', 'disable'], map));
  missing.add(bitsOf(cpu.features, ['require', undefined], map));
  missing.remove(host);
  if (featuresIn(map, missing).length > 0)
    throw incompatible('Host CPU does not provide required features', missing, map);
}

type Policy = CpuFeature['policy'];

function bitsOf(features: readonly CpuFeature[], policies: readonly Policy[], map: CpuMap): CpuidData {
  const data = new CpuidData();
  for (const { name, policy } of features)
    if (policies.includes(policy)) data.add(map.feature(name)?.data ?? new CpuidData());
  return data;
}

const incompatible = (words: string, data: CpuidData, map: CpuMap): Error =>
  cpuError('CPU_INCOMPATIBLE', `${words}: ${featuresIn(map, data).join(', ')}`);
