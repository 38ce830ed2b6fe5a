import {
  attr,
  content,
  element,
  type FieldsOf,
  int64,
  list,
  oneOf,
  optAttr,
  optChild,
  optText,
  uint,
  uint64,
  yesNo,
  int,
} from '@virtkit/xml';
import { badNumberSet, numberSet } from '../values/bitmap.js';
import { refuse } from '../values/failures.js';
import { sizeAttr } from '../values/size-rows.js';

const set = { invalid: badNumberSet };

const vcpuRows = {
  placement: optAttr(oneOf('static', 'auto')),
  cpuset: optAttr(numberSet, { ...set, emptyIsAbsent: true }),
  current: optAttr(uint(), refuse('XML_ERROR', 'current vcpus count must be an integer')),
  count: content(uint({ max: 0xffff_ffff }), refuse('XML_ERROR', 'maximum vcpus count must be an integer')),
};
/** `<vcpu>`: `count` is the maximum, `current` how many of them are there, absent where all are. */
export interface Vcpu extends FieldsOf<typeof vcpuRows> {}
export const vcpu = element<Vcpu>('vcpu', vcpuRows);

const vcpuEntryRows = {
  id: attr(uint()),
  enabled: attr(yesNo),
  hotpluggable: optAttr(yesNo),
  order: optAttr(uint({ min: 1 })),
};
/** One of `<vcpus>`. */
export interface VcpuEntry extends FieldsOf<typeof vcpuEntryRows> {}
export const vcpuEntry = element<VcpuEntry>('vcpu', vcpuEntryRows);

const poolSizes = {
  threadPoolMin: optAttr(int({ min: 0 }), { as: 'thread_pool_min' }),
  threadPoolMax: optAttr(int({ min: 0 }), { as: 'thread_pool_max' }),
};
const pollRows = { max: optAttr(uint64), grow: optAttr(uint64), shrink: optAttr(uint64) };
export interface IothreadPoll extends FieldsOf<typeof pollRows> {}
const iothreadRows = {
  id: attr(uint({ min: 1 })),
  ...poolSizes,
  poll: optChild(element<IothreadPoll>('poll', pollRows, { omitEmpty: true })),
};
/** One of `<iothreadids>`. */
export interface Iothread extends FieldsOf<typeof iothreadRows> {
  /** Follows from the number of I/O threads alone; such are listed only beside others. */
  implicit?: boolean | undefined;
}
export const iothread = element<Iothread>('iothread', iothreadRows);

/** `<defaultiothread>` */
export interface DefaultIothread extends FieldsOf<typeof poolSizes> {}
export const defaultIothread = element<DefaultIothread>('defaultiothread', poolSizes, { omitEmpty: true });

const vcpupinRows = { vcpu: attr(uint()), cpuset: attr(numberSet, set) };
export interface VcpuPin extends FieldsOf<typeof vcpupinRows> {}
const emulatorpinRows = { cpuset: attr(numberSet, set) };
export interface EmulatorPin extends FieldsOf<typeof emulatorpinRows> {}
const iothreadpinRows = { iothread: attr(uint({ min: 1 })), cpuset: attr(numberSet, set) };
export interface IothreadPin extends FieldsOf<typeof iothreadpinRows> {}

const scheduler = { scheduler: attr(oneOf('batch', 'idle', 'fifo', 'rr')), priority: optAttr(int()) };
const emulatorschedRows = { ...scheduler };
export interface EmulatorSched extends FieldsOf<typeof emulatorschedRows> {}
const vcpuschedRows = { vcpus: attr(numberSet, set), ...scheduler };
export interface VcpuSched extends FieldsOf<typeof vcpuschedRows> {}
const iothreadschedRows = { iothreads: attr(numberSet, set), ...scheduler };
export interface IothreadSched extends FieldsOf<typeof iothreadschedRows> {}

const cacheRows = {
  id: attr(uint()),
  level: attr(uint()),
  type: attr(oneOf('both', 'code', 'data')),
  size: sizeAttr({ pretty: true }),
};
/** One allocation of `<cachetune>`, `size` in KiB. */
export interface CacheAllocation extends FieldsOf<typeof cacheRows> {}
const cacheMonitorRows = { level: attr(uint()), vcpus: attr(numberSet, set) };
export interface CacheMonitor extends FieldsOf<typeof cacheMonitorRows> {}
const cachetuneRows = {
  vcpus: attr(numberSet, set),
  id: optAttr({ parse: (value: string) => value, format: (value: string) => value }),
  caches: list(element<CacheAllocation>('cache', cacheRows)),
  monitors: list(element<CacheMonitor>('monitor', cacheMonitorRows)),
};
export interface CacheTune extends FieldsOf<typeof cachetuneRows> {}
const nodeBandwidthRows = { id: attr(uint()), bandwidth: attr(uint()) };
export interface NodeBandwidth extends FieldsOf<typeof nodeBandwidthRows> {}
const memoryMonitorRows = { vcpus: attr(numberSet, set) };
export interface MemoryMonitor extends FieldsOf<typeof memoryMonitorRows> {}
const memorytuneRows = {
  vcpus: attr(numberSet, set),
  id: optAttr({ parse: (value: string) => value, format: (value: string) => value }),
  nodes: list(element<NodeBandwidth>('node', nodeBandwidthRows)),
  monitors: list(element<MemoryMonitor>('monitor', memoryMonitorRows)),
};
export interface MemoryBandwidthTune extends FieldsOf<typeof memorytuneRows> {}

const tuneNumber = (name: string) => refuse('XML_ERROR', `can't parse cputune ${name} value`);
const period = (name: string) => optText(uint64, { as: name, ...tuneNumber(name) });
const quota = (name: string) => optText(int64, { as: name, ...tuneNumber(name) });
const cputuneRows = {
  shares: optText(uint64, tuneNumber('shares')),
  period: period('period'),
  quota: quota('quota'),
  globalPeriod: period('global_period'),
  globalQuota: quota('global_quota'),
  emulatorPeriod: period('emulator_period'),
  emulatorQuota: quota('emulator_quota'),
  iothreadPeriod: period('iothread_period'),
  iothreadQuota: quota('iothread_quota'),
  vcpupins: list(element<VcpuPin>('vcpupin', vcpupinRows)),
  emulatorpin: optChild(element<EmulatorPin>('emulatorpin', emulatorpinRows)),
  iothreadpins: list(element<IothreadPin>('iothreadpin', iothreadpinRows)),
  emulatorsched: optChild(element<EmulatorSched>('emulatorsched', emulatorschedRows)),
  vcpuscheds: list(element<VcpuSched>('vcpusched', vcpuschedRows)),
  iothreadscheds: list(element<IothreadSched>('iothreadsched', iothreadschedRows)),
  cachetunes: list(element<CacheTune>('cachetune', cachetuneRows)),
  memorytunes: list(element<MemoryBandwidthTune>('memorytune', memorytuneRows)),
};
/** `<cputune>` */
export interface CpuTune extends FieldsOf<typeof cputuneRows> {}
export const cputune = element<CpuTune>('cputune', cputuneRows, { omitEmpty: true });
