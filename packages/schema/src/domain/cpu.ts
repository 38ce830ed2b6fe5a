import {
  attr,
  attributeOf,
  childOf,
  element,
  type FieldsOf,
  legacy,
  list,
  oneOf,
  onOff,
  optAttr,
  optChild,
  optContent,
  optText,
  text,
  uint,
  virtual,
  within,
  wrapped,
  yesNo,
} from '@virtkit/xml';
import { badNumberSet, numberSet } from '../values/bitmap.js';
import { sizeAttr } from '../values/size-rows.js';
import { unsupported } from '../values/failures.js';

const set = { invalid: badNumberSet };

/** Read always, written only beside a name. */
const fallback = optAttr(oneOf('allow', 'forbid'));
const modelRows = {
  fallback: legacy(fallback),
  $fallback: virtual({
    attributes: (model) =>
      model['name'] === undefined || model['fallback'] === undefined ? '' : ` fallback='${String(model['fallback'])}'`,
  }),
  vendorId: optAttr(text, { as: 'vendor_id' }),
  name: optContent({ parse: (value: string) => value.trim(), format: (value: string) => value }),
};
/** `<model>`; `name` is its text. */
export interface CpuModel extends FieldsOf<typeof modelRows> {}
const cpuModel = element<CpuModel>('model', modelRows, {
  omitEmpty: true,
  refine: (value) => {
    if (value.name !== undefined) value.fallback ??= 'allow';
  },
});

const positive = uint({ min: 1 });
const topologyRows = {
  sockets: attr(positive),
  dies: attr(positive, { default: 1 }),
  clusters: attr(positive, { default: 1 }),
  cores: attr(positive),
  threads: attr(positive),
};
export interface CpuTopology extends FieldsOf<typeof topologyRows> {}

const cacheRows = { level: optAttr(uint()), mode: attr(oneOf('emulate', 'passthrough', 'disable')) };
export interface CpuCache extends FieldsOf<typeof cacheRows> {}

const maxPhysAddrRows = { mode: attr(oneOf('emulate', 'passthrough')), limit: optAttr(uint()), bits: optAttr(uint()) };
export interface CpuMaxPhysAddr extends FieldsOf<typeof maxPhysAddrRows> {}

const featureRows = {
  policy: optAttr(oneOf('force', 'require', 'optional', 'disable', 'forbid')),
  name: attr(text),
};
export interface CpuFeature extends FieldsOf<typeof featureRows> {}

const siblingRows = { id: attr(uint()), value: attr(uint()) };
/** Distance to another cell. */
export interface NumaSibling extends FieldsOf<typeof siblingRows> {}
const numaCacheRows = {
  level: attr(uint()),
  associativity: attr(oneOf('none', 'direct', 'full')),
  policy: attr(oneOf('none', 'writeback', 'writethrough')),
  ...within('size', { size: sizeAttr({ as: 'value' }) }),
  ...within('line', { line: attr(uint(), { as: 'value' }), lineUnit: attr(text, { as: 'unit', default: 'B' }) }),
};
/** Cache of a cell, `size` in KiB, `line` in bytes. */
export interface NumaCache extends FieldsOf<typeof numaCacheRows> {}
const cellRows = {
  id: optAttr(uint()),
  cpus: optAttr(numberSet, set),
  memory: sizeAttr(),
  discard: optAttr(yesNo),
  memAccess: optAttr(oneOf('shared', 'private')),
  distances: wrapped('distances', element<NumaSibling>('sibling', siblingRows)),
  caches: list(element<NumaCache>('cache', numaCacheRows)),
};
/** A guest NUMA cell, `memory` in KiB. Completion numbers cells without `id`. */
export interface NumaCell extends FieldsOf<typeof cellRows> {}

const accessType = oneOf('access', 'read', 'write');
const latencyRows = {
  initiator: attr(uint()),
  target: attr(uint()),
  cache: optAttr(uint(), { omit: 0 }),
  type: attr(accessType),
  value: attr(uint({ min: 1 })),
};
export interface NumaLatency extends FieldsOf<typeof latencyRows> {}
const bandwidthRows = {
  initiator: attr(uint()),
  target: attr(uint()),
  cache: optAttr(uint(), { omit: 0 }),
  type: attr(accessType),
  value: sizeAttr(),
};
/** `value` in KiB a second. */
export interface NumaBandwidth extends FieldsOf<typeof bandwidthRows> {}
const interconnectsRows = {
  latencies: list(element<NumaLatency>('latency', latencyRows)),
  bandwidths: list(element<NumaBandwidth>('bandwidth', bandwidthRows)),
};
export interface NumaInterconnects extends FieldsOf<typeof interconnectsRows> {}
const numaRows = {
  cells: list(element<NumaCell>('cell', cellRows)),
  interconnects: optChild(element<NumaInterconnects>('interconnects', interconnectsRows, { omitEmpty: true })),
};
export interface CpuNuma extends FieldsOf<typeof numaRows> {}

const cpuRows = {
  mode: optAttr(
    oneOf('custom', 'host-model', 'host-passthrough', 'maximum'),
    unsupported("Invalid mode attribute '$'"),
  ),
  match: optAttr(oneOf('minimum', 'exact', 'strict')),
  check: optAttr(oneOf('none', 'partial', 'full')),
  migratable: optAttr(onOff),
  deprecatedFeatures: optAttr(onOff, { as: 'deprecated_features' }),
  model: optChild(cpuModel),
  vendor: optText(text),
  topology: optChild(element<CpuTopology>('topology', topologyRows)),
  cache: optChild(element<CpuCache>('cache', cacheRows)),
  maxphysaddr: optChild(element<CpuMaxPhysAddr>('maxphysaddr', maxPhysAddrRows)),
  features: list(element<CpuFeature>('feature', featureRows)),
  numa: optChild(element<CpuNuma>('numa', numaRows, { omitEmpty: true })),
};
/** `<cpu>` */
export interface Cpu extends FieldsOf<typeof cpuRows> {}

/** What an absent attribute means depends on whether a model is named. */
export const cpu = element<Cpu>('cpu', cpuRows, {
  omitEmpty: true,
  refine: (value, node) => {
    const named = childOf(node, 'model') !== undefined;
    if (attributeOf(node, 'mode') === undefined && (named || attributeOf(node, 'match') !== undefined))
      value.mode = 'custom';
    if (value.mode === 'custom') value.match ??= 'exact';
    else delete value.match;
    for (const feature of value.features) feature.policy ??= 'require';
  },
});
