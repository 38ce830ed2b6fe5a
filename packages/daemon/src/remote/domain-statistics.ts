import { Buffer } from 'node:buffer';
import type { DomainState, DomainStatistics } from '@virtkit/core';
import {
  abortJobFlags,
  controlStates,
  dirtyRateFlags,
  diskErrors,
  type Handlers,
  jobStatsFlags,
  jobTypes,
  limits,
  memoryPeekFlags,
  messageTypes,
  noFlags,
  type remote,
  statisticsFlags,
  statisticsGroups,
  targetFlags,
  vcpuStates,
  wordTable,
} from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { flagged, flaggedParameters } from './flagged.js';
import { typedParameters } from './parameters.js';
import type { RemoteCall } from './state.js';
import { chosen, cpuBytes, nothing, wireDomain, wireReason, wireState } from './wire.js';

const rpcError = errorsFrom('RPC');
const allStats = flagged('virConnectGetAllDomainStats', statisticsFlags);
const groups = flagged('virConnectGetAllDomainStats', statisticsGroups);
const memory = flagged('virDomainMemoryStats', noFlags);
const blockStats = flaggedParameters('virDomainBlockStatsFlags', noFlags);
const blockInfo = flagged('virDomainGetBlockInfo', noFlags);
const blockPeek = flagged('virDomainBlockPeek', noFlags);
const memoryPeek = flagged('virDomainMemoryPeek', memoryPeekFlags);
const cpuStats = flaggedParameters('virDomainGetCPUStats', noFlags);
const errors = flagged('virDomainGetDiskErrors', noFlags);
const control = flagged('virDomainGetControlInfo', noFlags);
const jobStats = flagged('virDomainGetJobStats', jobStatsFlags);
const abortJob = flagged('virDomainAbortJobFlags', abortJobFlags);
const messages = flagged('virDomainGetMessages', messageTypes);
const ioThreads = flagged('virDomainGetIOThreadInfo', targetFlags);
const dirtyRate = flagged('virDomainStartDirtyRateCalc', dirtyRateFlags);
const dirtyRateModes = wordTable(['page-sampling', 'dirty-bitmap', 'dirty-ring']);

const namedGroups = Object.values(statisticsGroups).reduce<number>((all, bit) => all | bit, 0);

/** What domains use: cpu time, memory, disks, interfaces, jobs. */
export const domainStatisticsHandlers = {
  connectGetAllDomainStats: async ({ doms, stats, flags }, { state }) => {
    const { nowait, backing, enforce, ...filter } = allStats.options(flags);
    const options = {
      ...(stats !== 0 && { groups: groups.names(stats), unnamedGroups: (stats & ~namedGroups) >>> 0 }),
      ...(nowait && { nowait }),
      ...(backing && { backing }),
      ...(enforce && { enforce }),
    };
    const via = allStats.via(flags);
    const { statistics } = state.session;
    const all = await (doms.length > 0 ? statistics.of(doms, options, via) : statistics.all(options, filter, via));
    return { retStats: all.map((each) => wireStatistics(each, nowait !== true)) };
  },
  domainBlockStats: async ({ dom, path }, { state }) => {
    const all = await state.session.statistics.block(dom, path, { function: 'virDomainBlockStats' });
    return {
      rdReq: all.get('rd_operations') ?? -1n,
      rdBytes: all.get('rd_bytes') ?? -1n,
      wrReq: all.get('wr_operations') ?? -1n,
      wrBytes: all.get('wr_bytes') ?? -1n,
      errs: all.get('errs') ?? -1n,
    };
  },
  domainBlockStatsFlags: async ({ dom, path, nparams, flags }, { state }) => {
    const values = await state.session.statistics.block(dom, path, blockStats.via(flags));
    return { params: nparams === 0 ? [] : typedParameters(values).slice(0, nparams), nparams: values.size };
  },
  domainGetBlockInfo: async ({ dom, path, flags }, { state }) =>
    state.session.statistics.blockInfo(dom, path, blockInfo.via(flags)),
  domainInterfaceStats: async ({ dom, device }, { state }) => {
    const all = await state.session.statistics.interface(dom, device);
    const figure = (name: string): bigint => all.get(name) ?? -1n;
    return {
      rxBytes: figure('rx_bytes'),
      rxPackets: figure('rx_packets'),
      rxErrs: figure('rx_errs'),
      rxDrop: figure('rx_drop'),
      txBytes: figure('tx_bytes'),
      txPackets: figure('tx_packets'),
      txErrs: figure('tx_errs'),
      txDrop: figure('tx_drop'),
    };
  },
  domainMemoryStats: async ({ dom, maxStats, flags }, { state }) => {
    if (maxStats > limits.domainMemoryStats) throw tooMany('maxStats > REMOTE_DOMAIN_MEMORY_STATS_MAX');
    const stats = await state.session.statistics.memory(dom, memory.via(flags));
    return { stats: stats.slice(0, maxStats).map(({ tag, value }) => ({ tag, val: value })) };
  },
  domainGetVcpus: async ({ dom, maxinfo, maplen }, { state }) => {
    checkVcpus(maxinfo, maplen);
    const vcpus = (await state.session.statistics.vcpus(dom)).slice(0, maxinfo);
    return {
      info: vcpus.map(({ number, state: now, cpuTimeNs, cpu }) => ({
        number,
        state: vcpuStates.number(now) ?? 0,
        cpuTime: cpuTimeNs,
        cpu,
      })),
      cpumaps: Buffer.concat(vcpus.map(({ affinity }) => cpuBytes(affinity, maplen))),
    };
  },
  domainGetCPUStats: async ({ dom, nparams, startCpu, ncpus, flags }, { state }) => {
    const { statistics } = state.session;
    const via = cpuStats.via(flags);
    // With room for no processor a client asks how many there are.
    const range = startCpu === -1 ? ('total' as const) : { first: startCpu, count: ncpus || limits.vcpuinfo };
    const figures = await statistics.cpu(dom, range, via);
    return wireCpuStats(figures, nparams, ncpus);
  },
  domainGetDiskErrors: async ({ dom, maxerrors, flags }, { state }) => {
    if (maxerrors > limits.domainDiskErrors) throw tooMany('maxerrors too large');
    const found = await state.session.statistics.diskErrors(dom, errors.via(flags));
    const wire = found.map(({ disk, error }) => ({ disk, error: diskErrors.number(error) ?? 1 }));
    return { errors: maxerrors === 0 ? [] : wire.slice(0, maxerrors), nerrors: wire.length };
  },
  domainBlockPeek: async ({ dom, path, offset, size, flags }, { state }) => {
    if (size > limits.domainBlockPeekBuffer) throw tooMany('size > maximum buffer size');
    return { buffer: await state.session.statistics.blockPeek(dom, path, offset, size, blockPeek.via(flags)) };
  },
  domainMemoryPeek: async ({ dom, offset, size, flags }, { state }) => {
    if (size > limits.domainMemoryPeekBuffer) throw tooMany('size > maximum buffer size');
    const kind = memoryPeek.options(flags).physical ? 'physical' : 'virtual';
    return { buffer: await state.session.statistics.memoryPeek(dom, offset, size, kind, memoryPeek.via(flags)) };
  },
  domainGetControlInfo: async ({ dom, flags }, { state }) => {
    const { state: now, details, stateTimeMs } = await state.session.statistics.control(dom, control.via(flags));
    return { state: controlStates.number(now) ?? 0, details, stateTime: BigInt(Math.round(stateTimeMs)) };
  },
  domainGetMessages: async ({ dom, flags }, { state }) => ({
    msgs: [...(await state.session.statistics.messages(dom, messages.names(flags), messages.via(flags)))],
  }),
  domainStartDirtyRateCalc: async ({ dom, seconds, flags }, { state }) => {
    const mode = chosen(dirtyRateModes, flags, 'flags', 'virDomainStartDirtyRateCalc');
    return nothing(state.session.statistics.startDirtyRate(dom, seconds, mode, dirtyRate.via(flags)));
  },
  domainGetIOThreadInfo: async ({ dom, flags }, { state }) => {
    const threads = await state.session.statistics.ioThreads(dom, ioThreads.options(flags), ioThreads.via(flags));
    const info = threads.map(({ id, affinity }) => ({ iothreadId: id, cpumap: cpuBytes(affinity) }));
    return { info, ret: info.length };
  },
  domainGetJobInfo: async ({ dom }, { state }) => {
    const { type, elapsedMs, progress } = await state.session.jobs.info(dom);
    const total = progress?.total ?? 0n;
    const done = progress?.done ?? 0n;
    return {
      ...noProgress,
      type: jobTypes.number(type) ?? 0,
      timeElapsed: BigInt(Math.round(elapsedMs)),
      dataTotal: total,
      dataProcessed: done,
      dataRemaining: total > done ? total - done : 0n,
    };
  },
  domainGetJobStats: async ({ dom, flags }, { state }) => {
    const { options, via } = jobStats;
    const { type, values } = await state.session.jobs.statistics(dom, options(flags), via(flags));
    return { type: jobTypes.number(type) ?? 0, params: typedParameters(values) };
  },
  domainAbortJob: async ({ dom }, { state }) =>
    nothing(state.session.jobs.abort(dom, {}, { function: 'virDomainAbortJob' })),
  domainAbortJobFlags: async ({ dom, flags }, { state }) =>
    nothing(state.session.jobs.abort(dom, abortJob.options(flags), abortJob.via(flags))),
} satisfies Handlers<typeof remote, RemoteCall>;

const noProgress = {
  timeRemaining: 0n,
  memTotal: 0n,
  memProcessed: 0n,
  memRemaining: 0n,
  fileTotal: 0n,
  fileProcessed: 0n,
  fileRemaining: 0n,
};

const tooMany = (what: string): Error => rpcError('INTERNAL_ERROR', what);

/** Last known values of a guest that was waited for in vain say how old they are: `virtkit.age`, in milliseconds. */
export const wireStatistics = ({ domain, state, values, ageMs }: DomainStatistics, waited: boolean) => ({
  dom: wireDomain(domain),
  params: [
    ...(state === undefined ? [] : typedParameters(stateValues(state))),
    ...typedParameters(values),
    ...(ageMs === undefined || !waited ? [] : typedParameters(new Map([['virtkit.age', BigInt(Math.round(ageMs))]]))),
  ],
});

const stateValues = (state: DomainState) =>
  new Map([
    ['state.state', wireState(state)],
    ['state.reason', wireReason(state)],
  ]);

function checkVcpus(maxinfo: number, maplen: number): void {
  if (maxinfo <= 0) throw rpcError('INVALID_ARG', 'maxinfo in virDomainGetVcpus must be greater than zero');
  if (maplen < 0) throw rpcError('INVALID_ARG', 'maplen in virDomainGetVcpus must be zero or greater');
  if (maxinfo > limits.vcpuinfo) throw tooMany('maxinfo > REMOTE_VCPUINFO_MAX');
  if (maxinfo * maplen > limits.cpumaps) throw tooMany('maxinfo * maplen > REMOTE_CPUMAPS_MAX');
}

/** With no room for parameters a client asks how many there are; with no room for processors either, for how many of those. */
function wireCpuStats(figures: readonly ReadonlyMap<string, bigint>[], nparams: number, ncpus: number) {
  const each = figures[0]?.size ?? 0;
  if (ncpus === 0) return { params: [], nparams: figures.length };
  if (nparams === 0) return { params: [], nparams: each };
  const params = figures.flatMap((values) => typedParameters(values).slice(0, nparams));
  return { params, nparams: Math.min(each, nparams) };
}
