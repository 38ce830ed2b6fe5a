import {
  attr,
  element,
  type FieldsOf,
  flag,
  list,
  oneOf,
  onOff,
  optAttr,
  optChild,
  optText,
  type ReadContext,
  textChild,
  uint,
  uint64,
  violated,
  within,
  wrapped,
  type XmlNode,
} from '@virtkit/xml';
import { badNumberSet, filledSet, numberSet } from '../values/bitmap.js';
import { missing, refuse, unsupported } from '../values/failures.js';
import { size, sizeAttr, sizeContent } from '../values/size-rows.js';
import { checkHugepages, checkNumatune, refuseRepeatedPaths } from './memory-checks.js';
import { absolutePath } from '../values/paths.js';

/** All amounts are KiB. */

const memoryRows = { dumpCore: optAttr(onOff), size: sizeContent('./memory[1]') };
/** `<memory>`: what the guest may have at most; `size` is absent where only NUMA cells give it. */
export interface Memory extends FieldsOf<typeof memoryRows> {}
export const memory = element<Memory>('memory', memoryRows);

const maxMemoryRows = {
  slots: optAttr(uint(), { omit: 0, ...refuse('XML_ERROR', 'Failed to parse memory slot count') }),
  size: sizeContent('./maxMemory[1]'),
};
/** `<maxMemory>`: how far memory devices may extend the guest. */
export interface MaxMemory extends FieldsOf<typeof maxMemoryRows> {}
export const maxMemory = element<MaxMemory>('maxMemory', maxMemoryRows);

const pageRows = {
  size: sizeAttr({ required: true }),
  nodeset: optAttr(numberSet, { invalid: badNumberSet }),
};
/** One kind of huge page; without `size` the host's default. */
export interface HugePage extends FieldsOf<typeof pageRows> {}

const memoryBackingRows = {
  hugepages: wrapped('hugepages', element<HugePage>('page', pageRows), { keepEmpty: true }),
  nosharepages: flag(),
  locked: flag(),
  ...within('source', {
    source: optAttr(oneOf('file', 'anonymous', 'memfd'), {
      as: 'type',
      ...unsupported("unknown memoryBacking/source/type '$'"),
    }),
  }),
  ...within('access', {
    access: optAttr(oneOf('shared', 'private'), {
      as: 'mode',
      ...unsupported("unknown memoryBacking/access/mode '$'"),
    }),
  }),
  ...within('allocation', {
    allocation: optAttr(oneOf('immediate', 'ondemand'), {
      as: 'mode',
      ...unsupported("unknown memoryBacking/allocation/mode '$'"),
    }),
    allocationThreads: optAttr(uint(), {
      as: 'threads',
      omit: 0,
      ...refuse('XML_ERROR', 'Failed to parse memory allocation threads'),
    }),
  }),
  discard: flag(),
};
/** `<memoryBacking>`; `hugepages` without entries means the host's default size. */
export interface MemoryBacking extends FieldsOf<typeof memoryBackingRows> {}
export const memoryBacking = element<MemoryBacking>('memoryBacking', memoryBackingRows, {
  omitEmpty: true,
  refine: (value) => checkHugepages(value.hugepages ?? []),
});

const memtuneRows = {
  hardLimit: size({ as: 'hard_limit', path: './memtune/hard_limit[1]' }),
  softLimit: size({ as: 'soft_limit', path: './memtune/soft_limit[1]' }),
  minGuarantee: size({ as: 'min_guarantee', path: './memtune/min_guarantee[1]' }),
  swapHardLimit: size({ as: 'swap_hard_limit', path: './memtune/swap_hard_limit[1]' }),
};
/** `<memtune>`; an unlimited amount is kept as absent. */
export interface MemoryTune extends FieldsOf<typeof memtuneRows> {}
export const memtune = element<MemoryTune>('memtune', memtuneRows, {
  omitEmpty: true,
  refine: (value) => {
    for (const [key, limit] of Object.entries(value))
      if (typeof limit === 'number' && limit >= UNLIMITED_MEMORY) delete value[key as keyof MemoryTune];
  },
});
/** KiB from which on memory is not limited. @libvirt VIR_DOMAIN_MEMORY_PARAM_UNLIMITED */
export const UNLIMITED_MEMORY = 9_007_199_254_740_991;

/** In the order of their numbers. @libvirt virDomainNumatuneMemMode */
export const numaModes = ['strict', 'preferred', 'interleave', 'restrictive'] as const;
const numaMode = oneOf(...numaModes);
const numaMemoryRows = {
  mode: optAttr(numaMode, unsupported("Unsupported NUMA memory tuning mode '$'")),
  nodeset: optAttr(filledSet('nodeset'), { invalid: badNumberSet }),
  placement: optAttr(oneOf('static', 'auto'), unsupported("Unsupported NUMA memory placement mode '$'")),
};
export interface NumaMemory extends FieldsOf<typeof numaMemoryRows> {}
/** Automatic placement names no nodes itself. */
function refusePlacedNodes({ placement, nodeset }: NumaMemory, node: XmlNode, context: ReadContext): void {
  if (placement === 'auto' && nodeset !== undefined) violated(node, context);
}
const memnodeRows = {
  cellid: attr(uint()),
  mode: attr(numaMode, { default: 'strict' }),
  nodeset: attr(numberSet, {
    invalid: badNumberSet,
    ...missing('XML_ERROR', 'Missing required nodeset attribute in memnode element'),
  }),
};
export interface NumaMemoryNode extends FieldsOf<typeof memnodeRows> {}
const numatuneRows = {
  memory: optChild(element<NumaMemory>('memory', numaMemoryRows, { refine: refusePlacedNodes })),
  memnodes: list(element<NumaMemoryNode>('memnode', memnodeRows)),
};
/** `<numatune>` */
export interface NumaTune extends FieldsOf<typeof numatuneRows> {}
export const numatune = element<NumaTune>('numatune', numatuneRows, { omitEmpty: true, refine: checkNumatune });

const number = uint();
const blkioDeviceRows = {
  path: textChild(absolutePath, missing('CONFIG_UNSUPPORTED', 'missing per-device path')),
  weight: optText(number, unsupported('could not parse weight $')),
  readIopsSec: optText(number, { as: 'read_iops_sec', ...unsupported('could not parse read iops sec $') }),
  writeIopsSec: optText(number, { as: 'write_iops_sec', ...unsupported('could not parse write iops sec $') }),
  readBytesSec: optText(uint64, { as: 'read_bytes_sec', ...unsupported('could not parse read bytes sec $') }),
  writeBytesSec: optText(uint64, { as: 'write_bytes_sec', ...unsupported('could not parse write bytes sec $') }),
};
export interface BlkioDevice extends FieldsOf<typeof blkioDeviceRows> {}
/** What is no number counts as none. */
const looseNumber = { ...number, parse: (value: string) => number.parse(value) ?? 0 };
const blkiotuneRows = {
  weight: optText(looseNumber),
  devices: list(element<BlkioDevice>('device', blkioDeviceRows)),
};
/** `<blkiotune>` */
export interface BlkioTune extends FieldsOf<typeof blkiotuneRows> {}
export const blkiotune = element<BlkioTune>('blkiotune', blkiotuneRows, {
  omitEmpty: true,
  refine: (value) => {
    if (value.weight === 0) delete value.weight;
    refuseRepeatedPaths(value.devices);
    value.devices = value.devices.filter((device) => Object.keys(device).length > 1);
  },
});
