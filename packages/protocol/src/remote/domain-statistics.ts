import { call } from '../program.js';
import { array, struct } from '../xdr/composites.js';
import { hyper, int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, typedParam } from './objects.js';

const domainMemoryStat = struct({ tag: int, val: unsignedHyper });
const domainStatsRecord = struct({ dom: nonnullDomain, params: array(typedParam, limits.connectGetAllDomainStats) });

/** What domains use: cpu time, memory, disks, interfaces, jobs. */
export const domainStatisticsRows = {
  domainBlockStats: call(
    64,
    { dom: nonnullDomain, path: nonnullString },
    { rdReq: hyper, rdBytes: hyper, wrReq: hyper, wrBytes: hyper, errs: hyper },
    { acl: ['domain:read'] },
  ),
  domainInterfaceStats: call(
    65,
    { dom: nonnullDomain, device: nonnullString },
    {
      rxBytes: hyper,
      rxPackets: hyper,
      rxErrs: hyper,
      rxDrop: hyper,
      txBytes: hyper,
      txPackets: hyper,
      txErrs: hyper,
      txDrop: hyper,
    },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainMemoryStats: call(
    159,
    { dom: nonnullDomain, maxStats: uint, flags: uint },
    { stats: array(domainMemoryStat, limits.domainMemoryStats) },
    { acl: ['domain:read'] },
  ),
  domainGetJobInfo: call(
    163,
    { dom: nonnullDomain },
    {
      type: int,
      timeElapsed: unsignedHyper,
      timeRemaining: unsignedHyper,
      dataTotal: unsignedHyper,
      dataProcessed: unsignedHyper,
      dataRemaining: unsignedHyper,
      memTotal: unsignedHyper,
      memProcessed: unsignedHyper,
      memRemaining: unsignedHyper,
      fileTotal: unsignedHyper,
      fileProcessed: unsignedHyper,
      fileRemaining: unsignedHyper,
    },
    { acl: ['domain:read'] },
  ),
  domainAbortJob: call(164, { dom: nonnullDomain }, {}, { acl: ['domain:write'], readOnly: 'denied' }),
  domainGetControlInfo: call(
    229,
    { dom: nonnullDomain, flags: uint },
    { state: uint, details: uint, stateTime: unsignedHyper },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainBlockStatsFlags: call(
    243,
    { dom: nonnullDomain, path: nonnullString, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainBlockStatsParameters), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainGetCPUStats: call(
    262,
    { dom: nonnullDomain, nparams: uint, startCpu: int, ncpus: uint, flags: uint },
    { params: array(typedParam, limits.domainGetCpuStats), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainGetJobStats: call(
    298,
    { dom: nonnullDomain, flags: uint },
    { type: int, params: array(typedParam, limits.domainJobStats) },
    { acl: ['domain:read'] },
  ),
  connectGetAllDomainStats: call(
    344,
    { doms: array(nonnullDomain, limits.domainList), stats: uint, flags: uint },
    { retStats: array(domainStatsRecord, limits.domainList) },
    { acl: ['connect:search_domains'], aclFilter: ['domain:read'] },
  ),
  domainStartDirtyRateCalc: call(
    427,
    { dom: nonnullDomain, seconds: int, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainAbortJobFlags: call(
    442,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
} as const;
