import type { CpuMap, CpuMapModel, CpuVendor, ModelSignature } from './cpu-map.js';
import type { Signature } from './cpuid-data.js';
import { CpuidData, signatureOf } from './cpuid-data.js';

/** A CPU as model and differences from it. */
export interface DecodedCpu {
  readonly model: string;
  readonly vendor: string | undefined;
  readonly features: readonly DecodedFeature[];
  readonly signature: Signature | undefined;
}

export interface DecodedFeature {
  readonly name: string;
  readonly policy: 'require' | 'disable';
}

interface Candidate {
  readonly model: CpuMapModel;
  readonly features: readonly DecodedFeature[];
}

export interface DecodeOptions {
  /** A host is described by what it has; a guest may also lack features of its model. */
  readonly for: 'host' | 'guest';
  /** Models the hypervisor has, each with features that keep it from being used; undefined: all. */
  readonly usable?: ReadonlyMap<string, readonly string[]>;
  /** Only what survives a migration. */
  readonly migratable?: boolean;
}

/**
 * Describes CPUID data by the model that leaves the shortest list of differences; models with the CPU's own family and
 * model number come first. Newer models are looked at first. Undefined when no model fits.
 */
export function decodeCpu(map: CpuMap, data: CpuidData, options: DecodeOptions): DecodedCpu | undefined {
  const vendor = map.vendors.find((entry) => data.has(entry.data));
  const signature = signatureOf(data);
  let best: Candidate | undefined;
  for (const model of [...map.models].reverse()) {
    if (!isCandidate(model, vendor, options)) continue;
    const features = differences(map, data, model, options);
    if (features !== undefined && (best === undefined || isBetter(model, features, best, signature)))
      best = { model, features };
  }
  if (best === undefined) return undefined;
  const features = options.for === 'guest' ? [...best.features, ...removedFrom(map, data, best)] : best.features;
  const migrates = (name: string): boolean => map.feature(name)?.migratable !== false;
  return {
    model: best.model.name,
    vendor: vendor?.name,
    signature,
    features: options.migratable === true ? features.filter(({ name }) => migrates(name)) : features,
  };
}

function isCandidate(model: CpuMapModel, vendor: CpuVendor | undefined, options: DecodeOptions): boolean {
  if (options.usable !== undefined && !options.usable.has(model.name)) return false;
  if (vendor !== undefined && model.vendor !== undefined && model.vendor !== vendor.name) return false;
  return options.for === 'host' ? model.decodesHost : model.decodesGuest;
}

/** What must be added to and taken from a model; undefined when a host lacks something of it. */
function differences(
  map: CpuMap,
  data: CpuidData,
  model: CpuMapModel,
  options: DecodeOptions,
): readonly DecodedFeature[] | undefined {
  const extra = data.copy();
  extra.remove(model.data);
  const missing = model.data.copy();
  missing.remove(data);
  for (const blocker of options.usable?.get(model.name) ?? []) {
    const feature = map.feature(blocker);
    if (feature !== undefined) missing.add(feature.data);
  }
  if (options.for === 'host' && featuresIn(map, missing).length > 0) return undefined;
  return [
    ...featuresIn(map, extra).map((name) => ({ name, policy: 'require' as const })),
    ...featuresIn(map, missing).map((name) => ({ name, policy: 'disable' as const })),
  ];
}

/** What the model lost must be switched off where the CPU has it not: an older QEMU's model still has it. */
function removedFrom(map: CpuMap, data: CpuidData, best: Candidate): readonly DecodedFeature[] {
  const named = new Set(best.features.map(({ name }) => name));
  return best.model.removed
    .filter((name) => !named.has(name) && !data.has(map.feature(name)?.data ?? new CpuidData()))
    .map((name) => ({ name, policy: 'disable' }));
}

/** Names of the features in some bits, in the table's order. */
export const featuresIn = (map: CpuMap, data: CpuidData): readonly string[] =>
  map.features.filter((feature) => data.has(feature.data)).map((feature) => feature.name);

const hasSignature = (model: CpuMapModel, signature: Signature | undefined): boolean =>
  signature !== undefined && model.signatures.some((entry) => matches(entry, signature));

const matches = (entry: ModelSignature, { family, model, stepping }: Signature): boolean =>
  entry.family === family &&
  entry.model === model &&
  entry.steppings?.some(([first, last]) => first <= stepping && stepping <= last) !== false;

function isBetter(
  model: CpuMapModel,
  features: readonly DecodedFeature[],
  best: Candidate,
  signature: Signature | undefined,
): boolean {
  const [here, there] = [hasSignature(model, signature), hasSignature(best.model, signature)];
  if (here !== there) return here;
  const [mine, theirs] = [costOf(features), costOf(best.features)];
  return mine !== theirs ? mine < theirs : disabledIn(features) < disabledIn(best.features);
}

const disabledIn = (features: readonly DecodedFeature[]): number =>
  features.filter(({ policy }) => policy === 'disable').length;

/** A feature that a guest's model should have and has not weighs this much more than one that is added. */
const disabledWeight = 1.5;

const costOf = (features: readonly DecodedFeature[]): number => features.length + disabledWeight * disabledIn(features);
