import {
  attr,
  childrenOf,
  content,
  element,
  type FieldsOf,
  int,
  int64,
  list,
  oneOf,
  optAttr,
  optChild,
  optText,
  uint,
  uint64,
  valueError,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { badNumberSet, filledSet, numberSet } from '../values/bitmap.js';
import { missing, refuse } from '../values/failures.js';
import { sizeAttr } from '../values/size-rows.js';

const domainError = errorsFrom('DOMAIN');

const set = { invalid: badNumberSet };

const vcpuRows = {
  placement: optAttr(oneOf('static', 'auto')),
  cpuset: optAttr(filledSet('cpuset'), set),
  current: optAttr(uint()),
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
export const defaultIothread = element<DefaultIothread>('defaultiothread', poolSizes, {
  omitEmpty: true,
});

const pinSet = (element: string) =>
  attr(filledSet('cpuset'), { ...set, ...missing('INTERNAL_ERROR', `missing cpuset for ${element}`) });
const vcpupinRows = { vcpu: attr(uint()), cpuset: pinSet('vcpupin') };
export interface VcpuPin extends FieldsOf<typeof vcpupinRows> {}
const emulatorpinRows = { cpuset: pinSet('emulatorpin') };
export interface EmulatorPin extends FieldsOf<typeof emulatorpinRows> {}
const iothreadpinRows = { iothread: attr(uint({ min: 1 })), cpuset: pinSet('iothreadpin') };
export interface IothreadPin extends FieldsOf<typeof iothreadpinRows> {}

const scheduler = { scheduler: attr(oneOf('batch', 'idle', 'fifo', 'rr')), priority: optAttr(int()) };
/** Real-time schedulers have a priority, others none. */
function refineScheduler(value: EmulatorSched): void {
  if (value.scheduler !== 'fifo' && value.scheduler !== 'rr') delete value.priority;
  else if (value.priority === undefined) {
    throw valueError("Missing required attribute 'priority' in element 'vcpusched'");
  }
}
const emulatorschedRows = { ...scheduler };
export interface EmulatorSched extends FieldsOf<typeof emulatorschedRows> {}
const needs = (name: string, element: string) =>
  missing('XML_ERROR', `Missing attribute '${name}' in element '${element}'`);
const vcpuschedRows = { vcpus: attr(numberSet, { ...set, ...needs('vcpus', 'vcpusched') }), ...scheduler };
export interface VcpuSched extends FieldsOf<typeof vcpuschedRows> {}
const iothreadschedRows = {
  iothreads: attr(numberSet, { ...set, ...needs('iothreads', 'iothreadsched') }),
  ...scheduler,
};
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
  vcpus: attr(numberSet, { ...set, ...missing('XML_ERROR', "Missing cachetune attribute 'vcpus'") }),
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
  vcpus: attr(numberSet, { ...set, ...missing('XML_ERROR', "Missing memorytune attribute 'vcpus'") }),
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
  emulatorsched: optChild(element<EmulatorSched>('emulatorsched', emulatorschedRows, { refine: refineScheduler })),
  vcpuscheds: list(element<VcpuSched>('vcpusched', vcpuschedRows, { refine: refineScheduler })),
  iothreadscheds: list(element<IothreadSched>('iothreadsched', iothreadschedRows, { refine: refineScheduler })),
  cachetunes: list(element<CacheTune>('cachetune', cachetuneRows)),
  memorytunes: list(element<MemoryBandwidthTune>('memorytune', memorytuneRows)),
};
/** `<cputune>` */
export interface CpuTune extends FieldsOf<typeof cputuneRows> {}
export const cputune = element<CpuTune>('cputune', cputuneRows, {
  omitEmpty: true,
  refine: (_value, node) => {
    for (const name of ['emulatorpin', 'emulatorsched']) {
      if (childrenOf(node, name).length > 1) throw domainError('XML_ERROR', `only one ${name} is supported`);
    }
  },
});
