import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullString, nullableString } from './objects.js';

/** Conversion to and from native configurations, CPU models. */
export const domainNativeRows = {
  connectGetMaxVcpus: call(5, { type: nullableString }, { maxVcpus: int }, { priority: 'high', acl: ['connect:read'] }),
  connectDomainXMLFromNative: call(
    135,
    { nativeFormat: nonnullString, nativeConfig: nonnullString, flags: uint },
    { domainXml: nonnullString },
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
  connectDomainXMLToNative: call(
    136,
    { nativeFormat: nonnullString, domainXml: nonnullString, flags: uint },
    { nativeConfig: nonnullString },
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
  connectCompareCPU: call(
    158,
    { xml: nonnullString, flags: uint },
    { result: int },
    { priority: 'high', acl: ['connect:read'] },
  ),
  connectBaselineCPU: call(
    162,
    { xmlCPUs: array(nonnullString, limits.cpuBaseline), flags: uint },
    { cpu: nonnullString },
    { acl: ['connect:read'] },
  ),
  connectGetCPUModelNames: call(
    312,
    { arch: nonnullString, needResults: int, flags: uint },
    { models: array(nonnullString, limits.connectCpuModels), ret: int },
    { acl: ['connect:read'] },
  ),
  connectCompareHypervisorCPU: call(
    393,
    {
      emulator: nullableString,
      arch: nullableString,
      machine: nullableString,
      virttype: nullableString,
      xmlCPU: nonnullString,
      flags: uint,
    },
    { result: int },
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
  connectBaselineHypervisorCPU: call(
    394,
    {
      emulator: nullableString,
      arch: nullableString,
      machine: nullableString,
      virttype: nullableString,
      xmlCPUs: array(nonnullString, limits.cpuBaseline),
      flags: uint,
    },
    { cpu: nonnullString },
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
} as const;
