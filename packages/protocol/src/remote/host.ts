import { call } from '../program.js';
import { charText, fixedCharText, opaque } from '../xdr/bytes.js';
import { array, struct } from '../xdr/composites.js';
import { int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullString, typedParam } from './objects.js';

const nodeGetCpuStats = struct({ field: nonnullString, value: unsignedHyper });
const nodeGetMemoryStats = struct({ field: nonnullString, value: unsignedHyper });

/** The host itself: processors, memory, pages, suspend. */
export const hostRows = {
  nodeGetInfo: call(
    6,
    {},
    {
      model: fixedCharText(32),
      memory: unsignedHyper,
      cpus: int,
      mhz: int,
      nodes: int,
      sockets: int,
      cores: int,
      threads: int,
    },
    { priority: 'high', acl: ['connect:read'] },
  ),
  nodeGetCellsFreeMemory: call(
    101,
    { startCell: int, maxcells: int },
    { cells: array(unsignedHyper, limits.nodeMaxCells) },
    { priority: 'high', acl: ['connect:read'] },
  ),
  nodeGetFreeMemory: call(102, {}, { freeMem: unsignedHyper }, { priority: 'high', acl: ['connect:read'] }),
  nodeGetSecurityModel: call(
    122,
    {},
    { model: charText(limits.securityModel), doi: charText(limits.securityDoi) },
    { priority: 'high', acl: ['connect:read'] },
  ),
  nodeGetCPUStats: call(
    227,
    { cpuNum: int, nparams: int, flags: uint },
    { params: array(nodeGetCpuStats, limits.nodeCpuStats), nparams: int },
    { priority: 'high', acl: ['connect:read'] },
  ),
  nodeGetMemoryStats: call(
    228,
    { nparams: int, cellNum: int, flags: uint },
    { params: array(nodeGetMemoryStats, limits.nodeMemoryStats), nparams: int },
    { priority: 'high', acl: ['connect:read'] },
  ),
  nodeSuspendForDuration: call(
    250,
    { target: uint, duration: unsignedHyper, flags: uint },
    {},
    { acl: ['connect:pm_control'], readOnly: 'denied' },
  ),
  nodeSetMemoryParameters: call(
    288,
    { params: array(typedParam, limits.nodeMemoryParameters), flags: uint },
    {},
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
  nodeGetMemoryParameters: call(
    289,
    { nparams: int, flags: uint },
    { params: array(typedParam, limits.nodeMemoryParameters), nparams: int },
    { acl: ['connect:read'] },
  ),
  nodeGetCPUMap: call(
    293,
    { needMap: int, needOnline: int, flags: uint },
    { cpumap: opaque(limits.cpumap), online: uint, ret: int },
    { acl: ['connect:read'] },
  ),
  nodeGetFreePages: call(
    340,
    { pages: array(uint, limits.nodeMaxCells), startCell: int, cellCount: uint, flags: uint },
    { counts: array(unsignedHyper, limits.nodeMaxCells) },
    { priority: 'high', acl: ['connect:read'] },
  ),
  nodeAllocPages: call(
    347,
    {
      pageSizes: array(uint, limits.nodeMaxCells),
      pageCounts: array(unsignedHyper, limits.nodeMaxCells),
      startCell: int,
      cellCount: uint,
      flags: uint,
    },
    { ret: int },
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
  nodeGetSEVInfo: call(
    395,
    { nparams: int, flags: uint },
    { params: array(typedParam, limits.nodeSevInfo), nparams: int },
    { acl: ['connect:read'], readOnly: 'denied' },
  ),
} as const;
