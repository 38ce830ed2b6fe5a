import type { Cpu, CpuFeature, Domain } from '@virtkit/schema';
import { CpuidData } from '../cpu/cpuid-data.js';
import { featuresIn } from '../cpu/decode.js';
import type { CpuMap } from '../cpu/cpu-map.js';
import { cpuidFromProperties } from '../cpu/qmp-cpu.js';
import { isX86 } from '../command/architecture.js';
import { cpuFeatureName } from '../command/cpu-features.js';
import type { HostCpuProperty, QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { isArray, type JsonObject, jsonText, type JsonValue } from '../command/json.js';
import { objectAt } from '../monitor/json-reading.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import { isCommandError } from '../monitor/qmp-error.js';
import type { StartPlan } from './plan.js';

/** What became of a guest's CPU: the properties its model expands to, without those this host cannot give. */
export interface CpuFindings {
  readonly enabled: CpuidData;
  /** Features the host could not give. */
  readonly missing: readonly string[];
}

/** Answers kept of one emulator; models with their features are few on a host. */
const keptAnswers = 64;

/** The CPUs guests got, asked of QEMU the first time: the same emulator always makes the same of a model. */
export class GuestCpus {
  readonly #map: () => CpuMap | undefined;
  /** By model with its features, as QEMU is asked. */
  readonly #known = new WeakMap<QemuCapabilities, Map<string, CpuFindings>>();

  constructor(map: () => CpuMap | undefined) {
    this.#map = map;
  }

  /** Undefined where nothing becomes of the CPU: proven for emulated x86 CPUs, others are not asked. */
  async find(
    monitor: QmpConnection,
    { definition, capabilities }: Pick<StartPlan, 'definition' | 'capabilities'>,
  ): Promise<CpuFindings | undefined> {
    const map = this.#map();
    const model = modelOf(definition);
    if (map === undefined || model === undefined) return undefined;
    const known = this.#knownOf(capabilities);
    const key = `${definition.os.type.machine ?? ''} ${jsonText(model)}`;
    const found = known.get(key) ?? (await askForCpu(monitor, model, map));
    if (known.size >= keptAnswers) known.clear();
    if (found !== undefined) known.set(key, found);
    return found;
  }

  /** Writes what became of the CPU into the running guest's definition. */
  apply({ cpu }: Domain, findings: CpuFindings | undefined): void {
    const map = this.#map();
    if (findings !== undefined && map !== undefined && cpu !== undefined) applyCpu(cpu, map, findings);
  }

  #knownOf(capabilities: QemuCapabilities): Map<string, CpuFindings> {
    const known = this.#known.get(capabilities) ?? new Map<string, CpuFindings>();
    this.#known.set(capabilities, known);
    return known;
  }
}

function modelOf({ cpu, os, type }: Domain): JsonObject | undefined {
  const arch = os.type.arch ?? '';
  if (type !== 'qemu' || !isX86(arch) || cpu?.mode !== 'custom' || cpu.model?.name === undefined) return undefined;
  return {
    name: cpu.model.name,
    props: Object.fromEntries(cpu.features.map((feature) => propertyOf(feature, arch))),
  };
}

/** One expansion of the model minus the CPU's own `unavailable-features`, instead of a question for every feature. */
async function askForCpu(monitor: QmpConnection, model: JsonObject, map: CpuMap): Promise<CpuFindings | undefined> {
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
function applyCpu(cpu: Cpu, map: CpuMap, { enabled, missing }: CpuFindings): void {
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
