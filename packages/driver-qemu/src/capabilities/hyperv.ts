import { asObject } from './answers.js';
import type { ProbeReplies } from './probe-replies.js';

/** Enlightenment names in documents, in listing order, and the CPU property that shows each. */
const enlightenments: readonly (readonly [string, string])[] = [
  ['relaxed', 'hv-relaxed'],
  ['vapic', 'hv-vapic'],
  ['spinlocks', 'hv-spinlocks'],
  ['vpindex', 'hv-vpindex'],
  ['runtime', 'hv-runtime'],
  ['synic', 'hv-synic'],
  ['stimer', 'hv-stimer'],
  ['reset', 'hv-reset'],
  ['vendor_id', 'hv-vendor-id'],
  ['frequencies', 'hv-frequencies'],
  ['reenlightenment', 'hv-reenlightenment'],
  ['tlbflush', 'hv-tlbflush'],
  ['ipi', 'hv-ipi'],
  ['evmcs', 'hv-evmcs'],
  ['avic', 'hv-avic'],
  ['emsr_bitmap', 'hv-emsr-bitmap'],
  ['xmm_input', 'hv-xmm-input'],
];

const request = (name: string) => ({
  type: 'full',
  model: { name, props: { migratable: false, 'hv-passthrough': true } },
});

/** The enlightenments this binary offers on this host with a CPU model; undefined when it did not say. */
export function hypervCapabilities(replies: ProbeReplies, cpu: 'host' | 'max'): readonly string[] | undefined {
  const model = asObject(asObject(replies.answer('query-cpu-model-expansion', request(cpu)))?.['model']);
  const properties = asObject(model?.['props']);
  if (properties === undefined) return undefined;
  const offered = enlightenments.filter(([, name]) => isOffered(properties[name])).map(([name]) => name);
  return offered.length === 0 ? undefined : offered;
}

const isOffered = (value: unknown): boolean =>
  value === true || (typeof value === 'number' && value > 0) || typeof value === 'string';
