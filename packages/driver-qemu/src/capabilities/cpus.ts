import { asList, asObject, asTexts, textOf } from './answers.js';
import type { ProbeReplies } from './probe-replies.js';
import type { CpuModel, HostCpuModel, HostCpuProperty } from './qemu-capabilities.js';

/** CPU models from the answer to `query-cpu-definitions`. */
export const cpuModels = (answer: unknown): readonly CpuModel[] =>
  asList(answer).map((entry) => {
    const blockers = Array.isArray(entry['unavailable-features']) ? asTexts(entry['unavailable-features']) : undefined;
    return {
      name: modelName(textOf(entry['name']) ?? ''),
      typename: textOf(entry['typename']) || undefined,
      usable: blockers === undefined ? undefined : blockers.length === 0,
      blockers: blockers ?? [],
      deprecated: entry['deprecated'] === true,
    };
  });

/** POWER models are written in capitals in documents. */
const modelName = (name: string): string => (/^power(6|7|8|9|1[01])$/.test(name) ? name.toUpperCase() : name);

interface Expansion {
  readonly model: string;
  readonly properties: ReadonlyMap<string, boolean | number | string>;
  readonly deprecated: readonly string[];
}

function expansion(
  replies: ProbeReplies,
  type: 'static' | 'full',
  name: string,
  migratable?: false,
): Expansion | undefined {
  const model = migratable === undefined ? { name } : { name, props: { migratable } };
  const answer = asObject(replies.answer('query-cpu-model-expansion', { type, model }));
  const found = asObject(answer?.['model']);
  if (found === undefined) return undefined;
  const properties = new Map<string, boolean | number | string>();
  for (const [key, value] of Object.entries(asObject(found['props']) ?? {})) {
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
      properties.set(key, value);
  }
  return { model: textOf(found['name']) ?? name, properties, deprecated: asTexts(answer?.['deprecated-props']) };
}

/**
 * Whether a feature migrates can be seen by asking twice: once for what migrates, once for everything.
 * A feature on in both migrates, one on only in the second does not.
 */
function withMigratability(all: Expansion, migratable: Expansion | undefined): readonly HostCpuProperty[] {
  return [...all.properties].map(([name, value]) => {
    if (migratable === undefined || value !== true) return { name, value };
    return { name, value, migratable: migratable.properties.get(name) === true };
  });
}

/** The CPU of `-cpu host` (`max` without acceleration), where the binary can expand it. */
export function hostCpuModel(replies: ProbeReplies, arch: string, name: 'host' | 'max'): HostCpuModel | undefined {
  if (arch === 'x86_64' || arch === 'i686') return x86HostCpu(replies, name);
  const full = expansion(replies, 'full', name);
  const found = expansion(replies, 'static', name) ?? full;
  if (found === undefined) return undefined;
  return {
    model: found.model,
    migratability: false,
    properties: withMigratability(found, undefined),
    deprecated: full?.deprecated ?? [],
  };
}

function x86HostCpu(replies: ProbeReplies, name: 'host' | 'max'): HostCpuModel | undefined {
  const migratable = expansion(replies, 'static', name);
  if (migratable === undefined) return undefined;
  const all = expansion(replies, 'static', name, false);
  return {
    model: migratable.model,
    migratability: all !== undefined,
    properties: withMigratability(all ?? migratable, all === undefined ? undefined : migratable),
    deprecated: [],
  };
}
