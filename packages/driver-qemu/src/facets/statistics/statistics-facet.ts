import type {
  BlockInfo,
  Call,
  DomainRef,
  DomainStatistics,
  MemoryStatistic,
  StatisticsFacet,
  StatisticsGroup,
  Target,
  VcpuInfo,
} from '@virtkit/core';
import { type LinkStatistics, processUsage } from '@virtkit/host';
import { availableParallelism } from 'node:os';
import { domainError, virtError } from '../../errors.js';
import { diskNamed, findDisk } from '../../guests/disk-source.js';
import { guestOf, runningGuest, type RunningGuest } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import type { BlockCounters } from '../../monitor/queries/blocks.js';
import { asClientErrors } from '../../monitor/qmp-failure.js';
import { readDrives } from '../../monitor/queries/blocks.js';
import { hostFlags, iothreadCpus } from '../../tuning/thread-cpus.js';
import { memoryStatistics } from './balloon.js';
import { currentMemory } from './bulk.js';
import { BulkReader, threadsOf } from './bulk-reader.js';
import type { AgedFigures, FigureReader } from './figures.js';
import { effectiveTarget } from '../targets.js';
import { imageSizes } from './image-sizes.js';

/** Statistics of guests. Nothing here waits longer for a QEMU than {@link answerMs}. */
export class QemuStatistics implements StatisticsFacet {
  readonly #services: QemuServices;
  readonly #figures: FigureReader;
  readonly #bulk: BulkReader;

  constructor(services: QemuServices, figures: FigureReader) {
    this.#services = services;
    this.#figures = figures;
    this.#bulk = new BulkReader(services, figures);
  }

  read(
    domains: readonly DomainRef[],
    groups: readonly StatisticsGroup[],
    options: { readonly backing?: boolean; readonly nowait?: boolean },
    _call: Call,
  ): Promise<readonly DomainStatistics[]> {
    return this.#bulk.read(domains, groups, options);
  }

  async block(domain: DomainRef, disk: string, _call: Call): Promise<ReadonlyMap<string, bigint>> {
    const running = this.#running(domain);
    if (disk !== '' && findDisk(running.definition, disk) === undefined)
      throw virtError('INVALID_ARG', `invalid path: ${disk}`);
    const { figures } = await this.#fresh(running);
    const all = figures?.blocks.devices ?? new Map<string, BlockCounters>();
    if (disk === '') return counterValues(sumCounters([...all.values()]));
    const alias = findDisk(running.definition, disk)?.alias ?? '';
    const counters = all.get(alias);
    if (counters !== undefined) return counterValues(counters);
    throw virtError('INTERNAL_ERROR', `cannot find statistics for device '${alias}'`);
  }

  async blockInfo(domain: DomainRef, name: string, _call: Call): Promise<BlockInfo> {
    const guest = guestOf(this.#services, domain);
    const disk = diskNamed(guest.current(), name);
    if (!guest.active) return await imageSizes(disk);
    const { figures } = await this.#fresh(this.#running(domain));
    const node = disk.source.index;
    const size = figures?.sizes.get(`libvirt-${node}-format`) ?? figures?.sizes.get(`libvirt-${node}-storage`);
    const written = figures?.blocks.devices.get(disk.alias ?? '')?.highestOffset ?? 0n;
    if (size === undefined) return await imageSizes(disk);
    if (written === 0n) return { ...(await imageSizes(disk)), capacity: size.capacity };
    return { capacity: size.capacity, allocation: written, physical: size.physical ?? 0n };
  }

  async interface(domain: DomainRef, device: string, _call: Call): Promise<ReadonlyMap<string, bigint>> {
    const { definition } = this.#running(domain);
    const known = definition.devices.interfaces.find(
      ({ target, mac }) => target?.dev === device || mac?.address === device.toLowerCase(),
    );
    if (known?.target?.dev === undefined) throw domainError('INVALID_ARG', `'${device}' is not a known interface`);
    const link = (await this.#services.links.statistics()).get(known.target.dev);
    if (link === undefined) throw virtError('INTERNAL_ERROR', `/proc/net/dev: Interface not found`);
    return linkCounters(link);
  }

  async memory(domain: DomainRef, _call: Call): Promise<readonly MemoryStatistic[]> {
    const running = this.#running(domain);
    const [{ figures }, usage] = await Promise.all([
      this.#figures.read(running),
      running.runtime.process === undefined ? undefined : processUsage(running.runtime.process.pid),
    ]);
    const actual = figures?.balloonKiB ?? currentMemory(running.definition);
    return memoryStatistics(actual, figures?.balloon, usage?.residentKiB);
  }

  async vcpus(domain: DomainRef, _call: Call): Promise<readonly VcpuInfo[]> {
    const guest = guestOf(this.#services, domain);
    if (!guest.active) throw virtError('OPERATION_INVALID', 'cannot retrieve vcpu information for inactive domain');
    const threads = await threadsOf(guest);
    return [...threads].map(([number, usage]) => ({
      number,
      state: 'running',
      cpuTimeNs: usage.timeNs,
      cpu: usage.processor,
      affinity: usage.affinity.slice(0, availableParallelism()),
    }));
  }

  async diskErrors(domain: DomainRef, call: Call) {
    const { monitor, definition } = this.#running(domain);
    const drives = readDrives(await asClientErrors(monitor.execute('query-block', undefined, call)));
    return definition.devices.disks.flatMap(({ alias, target }) => {
      const status = drives.get(alias ?? '')?.ioStatus;
      if (status !== 'nospace' && status !== 'failed') return [];
      return [{ disk: target.dev, error: status === 'nospace' ? ('no-space' as const) : ('unspec' as const) }];
    });
  }

  async messages(
    domain: DomainRef,
    kinds: readonly ('deprecation' | 'tainting' | 'ioerror')[],
    _call: Call,
  ): Promise<readonly string[]> {
    const { runtime } = guestOf(this.#services, domain);
    if (kinds.length > 0 && !kinds.includes('tainting')) return [];
    return (runtime?.taints ?? []).map((taint) => `tainted: ${taint}`);
  }

  async control(domain: DomainRef, _call: Call) {
    this.#running(domain);
    return { state: 'ok' as const, details: 0, stateTimeMs: 0 };
  }

  async ioThreads(domain: DomainRef, target: Target, _call: Call) {
    const guest = guestOf(this.#services, domain);
    const { live } = effectiveTarget(guest, target);
    const definition = live ? guest.current() : (guest.config() ?? guest.current());
    return (definition.iothreadids ?? []).map(({ id }) => ({ id, affinity: hostFlags(iothreadCpus(definition, id)) }));
  }

  #running(domain: DomainRef): RunningGuest {
    return runningGuest(this.#services, guestOf(this.#services, domain));
  }

  /** @throws `OPERATION_TIMEOUT` when nothing is known, because QEMU never answered. */
  async #fresh(running: RunningGuest): Promise<AgedFigures> {
    const aged = await this.#figures.read(running);
    if (aged.figures === undefined) {
      throw virtError('OPERATION_TIMEOUT', 'the guest does not answer, and its statistics were never known');
    }
    return aged;
  }
}

const counterValues = (counters: BlockCounters): ReadonlyMap<string, bigint> =>
  new Map([
    ['rd_bytes', counters.readBytes],
    ['rd_operations', counters.readRequests],
    ['rd_total_times', counters.readTimeNs],
    ['wr_bytes', counters.writeBytes],
    ['wr_operations', counters.writeRequests],
    ['wr_total_times', counters.writeTimeNs],
    ['flush_operations', counters.flushRequests],
    ['flush_total_times', counters.flushTimeNs],
  ]);

const sumCounters = (list: readonly BlockCounters[]): BlockCounters => {
  const sum = (key: keyof BlockCounters): bigint => list.reduce((total, counters) => total + counters[key], 0n);
  return {
    readRequests: sum('readRequests'),
    readBytes: sum('readBytes'),
    readTimeNs: sum('readTimeNs'),
    writeRequests: sum('writeRequests'),
    writeBytes: sum('writeBytes'),
    writeTimeNs: sum('writeTimeNs'),
    flushRequests: sum('flushRequests'),
    flushTimeNs: sum('flushTimeNs'),
    highestOffset: sum('highestOffset'),
  };
};

/** What the host's tap receives is what the guest sent. */
const linkCounters = (link: LinkStatistics): ReadonlyMap<string, bigint> =>
  new Map([
    ['rx_bytes', link.txBytes],
    ['rx_packets', link.txPackets],
    ['rx_errs', link.txErrors],
    ['rx_drop', link.txDropped],
    ['tx_bytes', link.rxBytes],
    ['tx_packets', link.rxPackets],
    ['tx_errs', link.rxErrors],
    ['tx_drop', link.rxDropped],
  ]);
