import type { HostCpuModel, HostCpuProperty } from '../capabilities/qemu-capabilities.js';
import type { CpuMap } from './cpu-map.js';
import { CpuidData, setSignature } from './cpuid-data.js';

/** CPUID data of a CPU that QEMU described by properties; with `migratable`, without what does not migrate. */
export function cpuidFromProperties(
  map: CpuMap,
  model: Pick<HostCpuModel, 'properties'>,
  migratable: boolean,
): CpuidData {
  const data = new CpuidData();
  for (const property of model.properties) {
    const feature = map.feature(map.fromQemu(property.name));
    if (feature !== undefined && counts(property, migratable)) data.add(feature.data);
  }
  const vendor = valueOf(model, 'vendor');
  const known = map.vendors.find((entry) => typeof vendor === 'string' && vendorLetters(entry.name) === vendor);
  if (known !== undefined) data.add(known.data);
  setSignature(data, {
    family: numeric(model, 'family'),
    model: numeric(model, 'model'),
    stepping: numeric(model, 'stepping'),
  });
  return data;
}

const counts = (property: HostCpuProperty, migratable: boolean): boolean =>
  property.value === true && !(migratable && property.migratable === false);

const valueOf = (model: Pick<HostCpuModel, 'properties'>, name: string): unknown =>
  model.properties.find((property) => property.name === name)?.value;

function numeric(model: Pick<HostCpuModel, 'properties'>, name: string): number {
  const value = valueOf(model, name);
  return typeof value === 'number' ? value : 0;
}

const letters: Readonly<Record<string, string>> = { Intel: 'GenuineIntel', AMD: 'AuthenticAMD', Hygon: 'HygonGenuine' };

const vendorLetters = (name: string): string | undefined => letters[name];
