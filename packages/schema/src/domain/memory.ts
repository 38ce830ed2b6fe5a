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
  uint,
  uint64,
  within,
  wrapped,
} from '@virtkit/xml';
import { badNumberSet, numberSet } from '../values/bitmap.js';
import { size, sizeAttr, sizeContent } from '../values/size-rows.js';

/** All amounts are KiB. */

const memoryRows = { dumpCore: optAttr(onOff), size: sizeContent('./memory[1]') };
/** `<memory>`: what the guest may have at most; `size` is absent where only NUMA cells give it. */
export interface Memory extends FieldsOf<typeof memoryRows> {}
export const memory = element<Memory>('memory', memoryRows);

const maxMemoryRows = { slots: optAttr(uint(), { omit: 0 }), size: sizeContent('./maxMemory[1]') };
/** `<maxMemory>`: how far memory devices may extend the guest. */
export interface MaxMemory extends FieldsOf<typeof maxMemoryRows> {}
export const maxMemory = element<MaxMemory>('maxMemory', maxMemoryRows);

const pageRows = {
  size: sizeAttr(),
  nodeset: optAttr(numberSet, { invalid: badNumberSet }),
};
/** One kind of huge page; without `size` the host's default. */
export interface HugePage extends FieldsOf<typeof pageRows> {}

const memoryBackingRows = {
  hugepages: wrapped('hugepages', element<HugePage>('page', pageRows), { keepEmpty: true }),
  nosharepages: flag(),
  locked: flag(),
  ...within('source', { source: optAttr(oneOf('file', 'anonymous', 'memfd'), { as: 'type' }) }),
  ...within('access', { access: optAttr(oneOf('shared', 'private'), { as: 'mode' }) }),
  ...within('allocation', {
    allocation: optAttr(oneOf('immediate', 'ondemand'), { as: 'mode' }),
    allocationThreads: optAttr(uint(), { as: 'threads', omit: 0 }),
  }),
  discard: flag(),
};
/** `<memoryBacking>`; `hugepages` without entries means the host's default size. */
export interface MemoryBacking extends FieldsOf<typeof memoryBackingRows> {}
export const memoryBacking = element<MemoryBacking>('memoryBacking', memoryBackingRows, { omitEmpty: true });

const memtuneRows = {
  hardLimit: size({ as: 'hard_limit' }),
  softLimit: size({ as: 'soft_limit' }),
  minGuarantee: size({ as: 'min_guarantee' }),
  swapHardLimit: size({ as: 'swap_hard_limit' }),
};
/** `<memtune>`; an unlimited amount is kept as absent. */
export interface MemoryTune extends FieldsOf<typeof memtuneRows> {}
export const memtune = element<MemoryTune>('memtune', memtuneRows, {
  omitEmpty: true,
  refine: (value) => {
    for (const [key, limit] of Object.entries(value))
      if (typeof limit === 'number' && limit >= UNLIMITED) delete value[key as keyof MemoryTune];
  },
});
/** From here on a limit is none. */
const UNLIMITED = 9_007_199_254_740_991;

const numaModes = oneOf('strict', 'preferred', 'interleave', 'restrictive');
const numaMemoryRows = {
  mode: optAttr(numaModes),
  nodeset: optAttr(numberSet, { invalid: badNumberSet }),
  placement: optAttr(oneOf('static', 'auto')),
};
export interface NumaMemory extends FieldsOf<typeof numaMemoryRows> {}
const memnodeRows = {
  cellid: attr(uint()),
  mode: attr(numaModes, { default: 'strict' }),
  nodeset: attr(numberSet, { invalid: badNumberSet }),
};
export interface NumaMemoryNode extends FieldsOf<typeof memnodeRows> {}
const numatuneRows = {
  memory: optChild(element<NumaMemory>('memory', numaMemoryRows)),
  memnodes: list(element<NumaMemoryNode>('memnode', memnodeRows)),
};
/** `<numatune>` */
export interface NumaTune extends FieldsOf<typeof numatuneRows> {}
export const numatune = element<NumaTune>('numatune', numatuneRows, { omitEmpty: true });

const number = uint();
const blkioDeviceRows = {
  path: optText({ parse: (value: string) => value, format: (value: string) => value }),
  weight: optText(number),
  readIopsSec: optText(number, { as: 'read_iops_sec' }),
  writeIopsSec: optText(number, { as: 'write_iops_sec' }),
  readBytesSec: optText(uint64, { as: 'read_bytes_sec' }),
  writeBytesSec: optText(uint64, { as: 'write_bytes_sec' }),
};
export interface BlkioDevice extends FieldsOf<typeof blkioDeviceRows> {}
const blkiotuneRows = {
  weight: optText(number),
  devices: list(element<BlkioDevice>('device', blkioDeviceRows)),
};
/** `<blkiotune>` */
export interface BlkioTune extends FieldsOf<typeof blkiotuneRows> {}
export const blkiotune = element<BlkioTune>('blkiotune', blkiotuneRows, { omitEmpty: true });
