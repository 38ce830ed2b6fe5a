import {
  attr,
  attributeOf,
  childOf,
  childrenOf,
  element,
  type FieldsOf,
  int,
  legacy,
  list,
  oneOf,
  onOff,
  optAttr,
  optChild,
  optContent,
  optText,
  type Scalar,
  text,
  uint,
  virtual,
  within,
  wrapped,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { badNumberSet, numberSet } from '../values/bitmap.js';
import { sizeAttr } from '../values/size-rows.js';
import { firstRepeated } from '../values/repeated.js';

const domainError = errorsFrom('DOMAIN');

const set = { invalid: badNumberSet };

/** Twelve characters. */
const vendorId: Scalar<string> = {
  parse(value) {
    if (value.length !== 12) throw errorsFrom('CPU')('XML_ERROR', 'vendor_id must be exactly 12 characters long');
    if (value.includes(',')) throw errorsFrom('CPU')('XML_ERROR', 'vendor id is invalid');
    return value;
  },
  format: (value) => value,
};

/** Read always, written only beside a name. */
const fallback = optAttr(oneOf('allow', 'forbid'), {
  invalid: () => errorsFrom('CPU')('CONFIG_UNSUPPORTED', 'Invalid fallback attribute'),
});
const cpuError = errorsFrom('CPU');
const cpuRefusal = (text: string) => ({
  invalid: (value: string) =>
    cpuError(
      'CONFIG_UNSUPPORTED',
      text.replace('$', () => value),
    ),
});

const modelRows = {
  fallback: legacy(fallback),
  $fallback: virtual({
    attributes: (model) =>
      model['name'] === undefined || model['fallback'] === undefined ? '' : ` fallback='${String(model['fallback'])}'`,
  }),
  vendorId: optAttr(vendorId, { as: 'vendor_id' }),
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

const cacheRows = { level: optAttr(int()), mode: attr(oneOf('emulate', 'passthrough', 'disable')) };
export interface CpuCache extends FieldsOf<typeof cacheRows> {}

const maxPhysAddrRows = { mode: attr(oneOf('emulate', 'passthrough')), limit: optAttr(int()), bits: optAttr(int()) };
export interface CpuMaxPhysAddr extends FieldsOf<typeof maxPhysAddrRows> {}

const featureRows = {
  policy: optAttr(oneOf('force', 'require', 'optional', 'disable', 'forbid'), cpuRefusal('Invalid CPU feature policy')),
  name: attr(text, { missing: () => cpuError('XML_ERROR', 'Invalid CPU feature name') }),
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
  memory: sizeAttr({ required: true }),
  memAccess: optAttr(oneOf('shared', 'private')),
  discard: optAttr(yesNo),
  distances: wrapped('distances', element<NumaSibling>('sibling', siblingRows), { keepEmpty: 'read' }),
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
  mode: optAttr(oneOf('custom', 'host-model', 'host-passthrough', 'maximum'), cpuRefusal("Invalid mode attribute '$'")),
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
  numa: optChild(
    element<CpuNuma>('numa', numaRows, {
      omitEmpty: true,
      refine: ({ cells }) => {
        if (cells.length === 0) throw domainError('XML_ERROR', 'NUMA topology defined without NUMA cells');
      },
    }),
  ),
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
    checkCpu(value, node);
    for (const feature of value.features) feature.policy ??= 'require';
  },
});

const withMigratable: readonly Cpu['mode'][] = ['host-passthrough', 'maximum'];

/** What the parts of a CPU must say together. */
function checkCpu(cpu: Cpu, node: XmlNode): void {
  const { mode, model, features, vendor, cache, maxphysaddr, migratable } = cpu;
  if (migratable !== undefined && !withMigratable.includes(mode)) {
    throw cpuError(
      'CONFIG_UNSUPPORTED',
      "Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode",
    );
  }
  const named = model?.name !== undefined || (mode !== undefined && mode !== 'custom');
  if (vendor !== undefined && model?.name === undefined)
    throw cpuError('XML_ERROR', 'CPU vendor specified without CPU model');
  if (features.length > 0 && !named) throw cpuError('XML_ERROR', 'Non-empty feature list specified without CPU model');
  const names = features.map(({ name }) => name);
  const repeated = firstRepeated(names);
  if (repeated !== undefined) throw cpuError('XML_ERROR', `CPU feature '${repeated}' specified more than once`);
  if (childrenOf(node, 'cache').length > 1)
    throw cpuError('XML_ERROR', 'at most one CPU cache element may be specified');
  if (cache?.level !== undefined && (cache.level < 1 || cache.level > 3)) {
    throw cpuError('XML_ERROR', 'invalid CPU cache level, must be in range [1,3]');
  }
  if (maxphysaddr?.limit !== undefined && maxphysaddr.mode !== 'passthrough') {
    throw cpuError('CONFIG_UNSUPPORTED', "attribute 'limit' is only supported for maxphysaddr mode 'passthrough'");
  }
}
