import type { Cpu, CpuFeature, Domain } from '@virtkit/schema';
import { CpuidData } from '../cpu/cpuid-data.js';
import { featuresIn } from '../cpu/decode.js';
import type { CpuMap } from '../cpu/cpu-map.js';
import { cpuidFromProperties } from '../cpu/qmp-cpu.js';
import { isX86 } from '../command/architecture.js';
import { cpuFeatureName } from '../command/cpu-features.js';
import type { HostCpuProperty } from '../capabilities/qemu-capabilities.js';
import type { JsonValue } from '../command/json.js';
import { isArray } from '../command/json.js';
import { objectAt } from '../monitor/json-reading.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import { isCommandError } from '../monitor/qmp-error.js';

/** What became of a guest's CPU: the properties its model expands to, without those this host cannot give. */
export interface CpuFindings {
  readonly enabled: CpuidData;
  /** Features the host could not give. */
  readonly missing: readonly string[];
}

/**
 * Asks for the CPU a guest got: one expansion of its model minus the CPU's own `unavailable-features`, instead of a
 * question for every feature. Proven for emulated x86 CPUs; others are not asked.
 */
export async function findCpu(
  monitor: QmpConnection,
  { cpu, os, type }: Domain,
  map: CpuMap | undefined,
): Promise<CpuFindings | undefined> {
  const arch = os.type.arch ?? '';
  if (map === undefined || type !== 'qemu' || !isX86(arch) || cpu?.mode !== 'custom' || cpu.model?.name === undefined)
    return undefined;
  const model = {
    name: cpu.model.name,
    props: Object.fromEntries(cpu.features.map((feature) => propertyOf(feature, arch))),
  };
  try {
    const [expansion, missing] = await Promise.all([
      monitor.execute('query-cpu-model-expansion', { type: 'full', model }),
      monitor.execute('qom-get', { path: '/machine/unattached/device[0]', property: 'unavailable-features' }),
    ]);
    return readFindings(map, expansion, missing);
  } catch (cause) {
    if (isCommandError(cause)) return undefined;
    throw cause;
  }
}

const propertyOf = ({ name, policy }: CpuFeature, arch: string): readonly [string, boolean] => [
  cpuFeatureName(name, arch),
  policy !== 'disable' && policy !== 'forbid',
];

function readFindings(map: CpuMap, expansion: JsonValue, answer: JsonValue): CpuFindings {
  const properties: HostCpuProperty[] = Object.entries(objectAt(objectAt(expansion, 'model'), 'props')).flatMap(
    ([name, value]) =>
      typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string' ? [{ name, value }] : [],
  );
  const missing = isArray(answer) ? answer.map((name) => map.fromQemu(String(name))) : [];
  const enabled = cpuidFromProperties(map, { properties }, false);
  for (const name of missing) enabled.remove(map.feature(name)?.data ?? new CpuidData());
  return { enabled, missing };
}

/** Writes what became of the CPU into the running guest's definition: from then on it is exactly this. Changes `cpu`. */
export function applyCpu(cpu: Cpu, map: CpuMap, { enabled, missing }: CpuFindings): void {
  const model = map.model(cpu.model?.name ?? '');
  if (model === undefined) return;
  const named = new Map(cpu.features.map((feature) => [feature.name, feature]));
  const expected = expectedData(map, model.data, cpu.features);
  for (const name of featuresIn(map, enabled)) {
    const bits = map.feature(name)?.data;
    if (bits === undefined || expected.has(bits) || named.has(name)) continue;
    cpu.features.push({ name, policy: 'require' });
  }
  for (const name of missing) {
    const bits = map.feature(name)?.data;
    const known = named.get(name);
    if (known !== undefined) known.policy = 'disable';
    else if (bits !== undefined && expected.has(bits)) cpu.features.push({ name, policy: 'disable' });
  }
  cpu.match = 'exact';
  cpu.check = 'full';
}

function expectedData(map: CpuMap, base: CpuidData, features: readonly CpuFeature[]): CpuidData {
  const data = base.copy();
  for (const { name, policy } of features) {
    const bits = map.feature(name)?.data;
    if (bits === undefined) continue;
    if (policy === 'disable' || policy === 'forbid') data.remove(bits);
    else data.add(bits);
  }
  return data;
}
