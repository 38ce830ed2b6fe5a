import type { CpuMap } from '@virtkit/core';
import { allocPagesFlags, type Handlers, limits, noFlags, type remote, suspendTargets } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { flagged, flaggedParameters } from './flagged.js';
import { parametersFrom, typedParameters } from './parameters.js';
import type { RemoteCall } from './state.js';
import { chosen, cpuBytes, nothing } from './wire.js';

const hostError = errorsFrom('NONE');
const cpuStats = flagged('virNodeGetCPUStats', noFlags);
const memoryStats = flagged('virNodeGetMemoryStats', noFlags);
const suspend = flagged('virNodeSuspendForDuration', noFlags);
const setParameters = flagged('virNodeSetMemoryParameters', noFlags);
const getParameters = flaggedParameters('virNodeGetMemoryParameters', noFlags);
const cpuMap = flagged('virNodeGetCPUMap', noFlags);
const freePages = flagged('virNodeGetFreePages', noFlags);
const allocPages = flagged('virNodeAllocPages', allocPagesFlags);
const sevInfo = flaggedParameters('virNodeGetSEVInfo', noFlags);

/** The host itself: processors, memory, pages, suspend. */
export const hostHandlers = {
  nodeGetInfo: async (_args, { state }) => {
    const { memoryKiB, ...rest } = await state.session.host.info();
    return { ...rest, memory: memoryKiB };
  },
  nodeGetFreeMemory: async (_args, { state }) => ({ freeMem: await state.session.host.freeMemory() }),
  nodeGetCellsFreeMemory: async ({ startCell, maxcells }, { state }) => {
    if (maxcells > limits.nodeMaxCells) throw hostError('INTERNAL_ERROR', 'maxcells > REMOTE_NODE_MAX_CELLS');
    if (maxcells <= 0)
      throw hostError('INVALID_ARG', 'maxCells in virNodeGetCellsFreeMemory must be greater than zero');
    return { cells: await state.session.host.cellsFreeMemory(startCell, maxcells) };
  },
  nodeGetSecurityModel: async (_args, { state }) => {
    const { model, doi } = await state.session.host.securityModel();
    return { model, doi };
  },
  nodeGetCPUStats: async ({ cpuNum, nparams, flags }, { state }) =>
    figures(await state.session.host.cpuStatistics(allIfNegative(cpuNum), cpuStats.via(flags)), nparams),
  nodeGetMemoryStats: async ({ cellNum, nparams, flags }, { state }) =>
    figures(await state.session.host.memoryStatistics(allIfNegative(cellNum), memoryStats.via(flags)), nparams),
  nodeSuspendForDuration: async ({ target, duration, flags }, { state }) => {
    const word = chosen(suspendTargets, target, 'target', 'virNodeSuspendForDuration');
    return nothing(state.session.host.suspend(word, duration, suspend.via(flags)));
  },
  nodeGetMemoryParameters: async ({ nparams, flags }, { state }) => {
    const values = await state.session.host.memoryParameters(getParameters.via(flags));
    return { params: nparams === 0 ? [] : typedParameters(values), nparams: values.size };
  },
  nodeSetMemoryParameters: async ({ params, flags }, { state }) => {
    const values = new Map<string, number | bigint>();
    for (const [name, value] of parametersFrom(params))
      values.set(name, typeof value === 'bigint' ? value : Number(value));
    return nothing(state.session.host.setMemoryParameters(values, setParameters.via(flags)));
  },
  nodeGetCPUMap: async ({ needMap, needOnline, flags }, { state }) =>
    wireCpuMap(await state.session.host.cpuMap(cpuMap.via(flags)), needMap !== 0, needOnline !== 0),
  nodeGetFreePages: async ({ pages, startCell, cellCount, flags }, { state }) => {
    if (pages.length * cellCount > limits.nodeMaxCells) {
      throw hostError('INTERNAL_ERROR', 'the result would be larger than the protocol can carry');
    }
    return { counts: await state.session.host.freePages(pages, startCell, cellCount, freePages.via(flags)) };
  },
  nodeAllocPages: async ({ pageSizes, pageCounts, startCell, cellCount, flags }, { state }) => {
    const pages = pageSizes.map((sizeKiB, index) => ({ sizeKiB, count: pageCounts[index] ?? 0n }));
    const { options, via } = allocPages;
    return { ret: await state.session.host.allocatePages(pages, startCell, cellCount, options(flags), via(flags)) };
  },
  nodeGetSEVInfo: async ({ nparams, flags }, { state }) => {
    const values = await state.session.host.sevInfo(sevInfo.via(flags));
    return { params: nparams === 0 ? [] : typedParameters(values), nparams: values.size };
  },
} satisfies Handlers<typeof remote, RemoteCall>;

const allIfNegative = (number: number): number | undefined => (number < 0 ? undefined : number);

interface Figures {
  readonly params: { readonly field: string; readonly value: bigint }[];
  readonly nparams: number;
}

/** A client asks for the number of figures first, with room for none. */
function figures(values: ReadonlyMap<string, bigint>, nparams: number): Figures {
  const all = [...values].map(([field, value]) => ({ field, value }));
  return { params: nparams > 0 ? all : [], nparams: all.length };
}

function wireCpuMap(map: CpuMap, needMap: boolean, needOnline: boolean) {
  return {
    cpumap: needMap ? cpuBytes(map.online) : new Uint8Array(0),
    online: needOnline ? map.online.filter(Boolean).length : 0,
    ret: map.present.length,
  };
}
