import type { CpuMap } from '../cpu/cpu-map.js';
import type { DomainCapabilityFacts } from './domain-capability-facts.js';
import type { Item } from './document.js';
import { element, enumeration, leaf } from './document.js';
import type { CpuModel } from './qemu-capabilities.js';
import { acceleratorOf } from './qemu-capabilities.js';

/** The `<cpu>` element: which modes and models a guest may ask for. */
export const cpuModes = (facts: DomainCapabilityFacts): Item =>
  element('cpu', {}, [passthrough(facts), maximum(facts), hostModel(facts), custom(facts)]);

const isX86 = (facts: DomainCapabilityFacts): boolean => ['x86_64', 'i686'].includes(facts.capabilities.arch);

function passthrough(facts: DomainCapabilityFacts): Item {
  if (acceleratorOf(facts.virtType) === 'tcg') return element('mode', { name: 'host-passthrough', supported: 'no' });
  const values = isX86(facts) ? ['on', 'off'] : ['off'];
  return element('mode', { name: 'host-passthrough', supported: 'yes' }, [
    enumeration('hostPassthroughMigratable', values),
  ]);
}

function maximum(facts: DomainCapabilityFacts): Item {
  if (!facts.capabilities.flags.has('cpu-max')) return element('mode', { name: 'maximum', supported: 'no' });
  return element('mode', { name: 'maximum', supported: 'yes' }, [enumeration('maximumMigratable', ['on', 'off'])]);
}

function hostModel(facts: DomainCapabilityFacts): Item {
  const cpu = facts.hostModel;
  if (cpu === undefined) return element('mode', { name: 'host-model', supported: 'no' });
  return element('mode', { name: 'host-model', supported: 'yes' }, [
    leaf('model', cpu.model, { fallback: 'forbid' }),
    ...(cpu.vendor === undefined ? [] : [leaf('vendor', cpu.vendor)]),
    ...physicalAddresses(facts),
    ...cpu.features.map(({ name, policy }) => element('feature', { policy, name })),
  ]);
}

const physicalAddresses = (facts: DomainCapabilityFacts): readonly Item[] =>
  isX86(facts) && acceleratorOf(facts.virtType) !== 'tcg' && facts.physicalAddressBits !== undefined
    ? [element('maxphysaddr', { mode: 'passthrough', limit: String(facts.physicalAddressBits) })]
    : [];

function custom(facts: DomainCapabilityFacts): Item {
  const models = customModels(facts);
  if (models.length === 0) return element('mode', { name: 'custom', supported: 'no' });
  return element(
    'mode',
    { name: 'custom', supported: 'yes' },
    models.flatMap((model) => describe(model, facts)),
  );
}

/** The models of the binary that have a description, by name. */
function customModels(facts: DomainCapabilityFacts): readonly CpuModel[] {
  const known = facts.cpuMap;
  const all = facts.capabilities.accelerators[acceleratorOf(facts.virtType)]?.cpus ?? [];
  const described = isX86(facts) ? all.filter((model) => known?.model(model.name) !== undefined) : all;
  return [...described].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(model: CpuModel, { cpuMap }: DomainCapabilityFacts): readonly Item[] {
  const attributes = {
    usable: model.usable === undefined ? 'unknown' : model.usable ? 'yes' : 'no',
    deprecated: model.deprecated ? 'yes' : undefined,
    vendor: cpuMap?.model(model.name)?.vendor ?? 'unknown',
    canonical: cpuMap === undefined ? undefined : cpuMap.canonical(model.name),
  };
  const blockers = blockersOf(model, cpuMap);
  return [
    leaf('model', model.name, attributes),
    ...(blockers.length === 0
      ? []
      : [
          element(
            'blockers',
            { model: model.name },
            blockers.map((name) => element('feature', { name })),
          ),
        ]),
  ];
}

const blockersOf = (model: CpuModel, cpuMap: CpuMap | undefined): readonly string[] =>
  [...new Set(model.blockers.map((name) => cpuMap?.fromQemu(name) ?? name))].sort((a, b) => (a < b ? -1 : 1));
