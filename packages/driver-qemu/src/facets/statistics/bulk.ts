import type { StatisticsGroup } from '@virtkit/core';
import type { LinkStatistics, ProcessUsage, ThreadUsage } from '@virtkit/host';
import type { Disk } from '@virtkit/schema';
import type { DefinitionDigest } from '../../guests/definition-digests.js';
import { diskPath } from '../../guests/disk-source.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { bulkBalloon } from './balloon.js';
import type { Figures } from './figures.js';
import { imageSizes } from './image-sizes.js';

export type Values = Map<string, number | bigint | string | boolean>;

/** Everything known of one guest when its statistics are put together. */
export interface Sources {
  readonly services: QemuServices;
  readonly guest: Guest;
  readonly definition: DefinitionDigest;
  readonly usage: ProcessUsage | undefined;
  readonly threads: ReadonlyMap<number, ThreadUsage>;
  readonly figures: Figures | undefined;
  readonly links: ReadonlyMap<string, LinkStatistics>;
  readonly backing: boolean;
}
type Group = (sources: Sources, values: Values) => void | Promise<void> | undefined;

/** Values by group, in libvirt's names and order; the state is told beside them. This hypervisor has none of the groups that are missing. */
export const groups: Readonly<Partial<Record<StatisticsGroup, Group>>> = {
  'cpu-total': cpuTotal,
  balloon: balloonValues,
  vcpu: vcpuValues,
  interface: interfaceValues,
  block: blockValues,
  iothread: ({ guest, definition }, values) => {
    if (guest.active && (definition.iothreadids?.length ?? 0) > 0)
      values.set('iothread.count', definition.iothreadids?.length ?? 0);
  },
  dirtyrate: dirtyRateValues,
};

/** A guest that is off has used nothing. */
const noUsage: ProcessUsage = { userNs: 0n, systemNs: 0n, residentKiB: 0n };

function cpuTotal({ guest, usage = noUsage, definition }: Sources, values: Values): void {
  values.set('cpu.time', usage.userNs + usage.systemNs);
  values.set('cpu.user', usage.userNs);
  values.set('cpu.system', usage.systemNs);
  if (!guest.active) return;
  values.set('cpu.cache.monitor.count', 0);
  if (definition.type === 'kvm') return;
  values.set('cpu.haltpoll.success.time', 0n); // only KVM polls
  values.set('cpu.haltpoll.fail.time', 0n);
}

function balloonValues({ guest, definition, figures, usage }: Sources, values: Values): void {
  const current = guest.active ? (figures?.balloonKiB ?? currentMemory(definition)) : currentMemory(definition);
  values.set('balloon.current', BigInt(current));
  values.set('balloon.maximum', BigInt(definition.memory.size ?? 0));
  if (!guest.active) return;
  if (figures?.balloon !== undefined) {
    for (const [name, value] of bulkBalloon(figures.balloon)) values.set(`balloon.${name}`, value);
  }
  if (usage !== undefined) values.set('balloon.rss', usage.residentKiB);
}

export const currentMemory = ({ memory, currentMemory: current }: DefinitionDigest): number =>
  current ?? memory.size ?? 0;

function vcpuValues({ guest, definition, threads }: Sources, values: Values): void {
  const { count, current = count } = definition.vcpu;
  values.set('vcpu.current', current);
  values.set('vcpu.maximum', count);
  for (const { vcpu } of guest.runtime?.vcpus ?? []) {
    const thread = threads.get(vcpu);
    if (thread === undefined) continue;
    values.set(`vcpu.${vcpu}.state`, 1);
    values.set(`vcpu.${vcpu}.time`, thread.timeNs);
    values.set(`vcpu.${vcpu}.wait`, 0n);
    values.set(`vcpu.${vcpu}.delay`, thread.delayNs);
  }
}

/** Counters stand for the guest's side, so both directions of the host's device change places. */
function* linkValues(link: LinkStatistics): Iterable<readonly [string, bigint]> {
  yield ['rx.bytes', link.txBytes];
  yield ['rx.pkts', link.txPackets];
  yield ['rx.errs', link.txErrors];
  yield ['rx.drop', link.txDropped];
  yield ['tx.bytes', link.rxBytes];
  yield ['tx.pkts', link.rxPackets];
  yield ['tx.errs', link.rxErrors];
  yield ['tx.drop', link.rxDropped];
}

function interfaceValues({ guest, definition, links }: Sources, values: Values): void {
  if (!guest.active) return;
  const { interfaces } = definition.devices;
  values.set('net.count', interfaces.length);
  interfaces.forEach(({ target }, index) => {
    if (target?.dev === undefined) return;
    values.set(`net.${index}.name`, target.dev);
    const link = links.get(target.dev);
    if (link === undefined) return;
    for (const [name, value] of linkValues(link)) values.set(`net.${index}.${name}`, value);
  });
}

function blockValues(sources: Sources, values: Values): Promise<void> | undefined {
  const { disks } = sources.definition.devices;
  values.set('block.count', 0);
  return disks.length === 0 ? undefined : everyDisk(sources, disks, values);
}

async function everyDisk(sources: Sources, disks: readonly Disk[], values: Values): Promise<void> {
  let index = 0;
  for (const disk of disks) index += await diskValues(sources, disk, index, values);
  values.set('block.count', index);
}

/** One disk, with `backing` every image below it as an entry of its own. The number of entries. */
async function diskValues(sources: Sources, disk: Disk, first: number, values: Values): Promise<number> {
  const { figures, guest } = sources;
  const prefix = `block.${first}`;
  values.set(`${prefix}.name`, disk.target.dev);
  const path = diskPath(disk);
  if (path !== undefined) values.set(`${prefix}.path`, path);
  if (!guest.active) {
    await offlineSizes(disk, prefix, values);
    return 1;
  }
  const node = disk.source.index;
  if (node !== undefined) values.set(`${prefix}.backingIndex`, node);
  if (figures !== undefined) liveDisk(figures, disk, prefix, values);
  return 1 + (sources.backing ? backingValues(sources, disk, first + 1, values) : 0);
}

function liveDisk(figures: Figures, disk: Disk, prefix: string, values: Values): void {
  const counters = figures.blocks.devices.get(disk.alias ?? '');
  if (counters === undefined) return;
  values.set(`${prefix}.rd.reqs`, counters.readRequests);
  values.set(`${prefix}.rd.bytes`, counters.readBytes);
  values.set(`${prefix}.rd.times`, counters.readTimeNs);
  values.set(`${prefix}.wr.reqs`, counters.writeRequests);
  values.set(`${prefix}.wr.bytes`, counters.writeBytes);
  values.set(`${prefix}.wr.times`, counters.writeTimeNs);
  values.set(`${prefix}.fl.reqs`, counters.flushRequests);
  values.set(`${prefix}.fl.times`, counters.flushTimeNs);
  sizeValues(figures, disk.source.index, counters.highestOffset, prefix, values);
}

function sizeValues(
  figures: Figures,
  index: number | undefined,
  allocation: bigint | undefined,
  prefix: string,
  values: Values,
): void {
  const size = figures.sizes.get(`libvirt-${index}-format`) ?? figures.sizes.get(`libvirt-${index}-storage`);
  if (size === undefined) return;
  if (allocation !== undefined) values.set(`${prefix}.allocation`, allocation);
  values.set(`${prefix}.capacity`, size.capacity);
  if (size.physical !== undefined) values.set(`${prefix}.physical`, size.physical);
}

function backingValues({ figures }: Sources, disk: Disk, first: number, values: Values): number {
  let count = 0;
  for (let below = disk.backingStore; below?.source !== undefined; below = below.backingStore) {
    const prefix = `block.${first + count}`;
    const path = diskPath({ source: below.source });
    values.set(`${prefix}.name`, disk.target.dev);
    if (path !== undefined) values.set(`${prefix}.path`, path);
    if (below.index !== undefined) values.set(`${prefix}.backingIndex`, below.index);
    if (figures !== undefined) sizeValues(figures, below.index, 0n, prefix, values);
    count += 1;
  }
  return count;
}

async function offlineSizes(disk: Disk, prefix: string, values: Values): Promise<void> {
  if (disk.source.type !== 'file' && disk.source.type !== 'block') return;
  const sizes = await imageSizes(disk).catch(() => undefined); // libvirt leaves out what it cannot look at
  if (sizes === undefined) return;
  values.set(`${prefix}.allocation`, sizes.allocation);
  values.set(`${prefix}.capacity`, sizes.capacity);
  values.set(`${prefix}.physical`, sizes.physical);
}

const dirtyStates = ['unstarted', 'measuring', 'measured'];
function dirtyRateValues({ figures }: Sources, values: Values): void {
  const rate = figures?.dirtyRate;
  if (rate === undefined) return;
  values.set('dirtyrate.calc_status', dirtyStates.indexOf(rate.status));
  values.set('dirtyrate.calc_start_time', rate.startTime);
  values.set('dirtyrate.calc_period', Number(rate.periodSeconds));
  values.set('dirtyrate.calc_mode', rate.mode);
  if (rate.status === 'measured' && rate.rate !== undefined) values.set('dirtyrate.megabytes_per_second', rate.rate);
}
