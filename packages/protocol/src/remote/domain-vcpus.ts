import { call } from '../program.js';
import { opaque } from '../xdr/bytes.js';
import { array, struct } from '../xdr/composites.js';
import { int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, typedParam } from './objects.js';

const vcpuInfo = struct({ number: uint, state: int, cpuTime: unsignedHyper, cpu: int });

/** Number of vCPUs and size of memory. */
export const domainVcpusRows = {
  domainGetMaxMemory: call(
    17,
    { dom: nonnullDomain },
    { memory: unsignedHyper },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainGetMaxVcpus: call(18, { dom: nonnullDomain }, { num: int }, { priority: 'high', acl: ['domain:read'] }),
  domainGetVcpus: call(
    20,
    { dom: nonnullDomain, maxinfo: int, maplen: int },
    { info: array(vcpuInfo, limits.vcpuinfo), cpumaps: opaque(limits.cpumaps) },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSetMaxMemory: call(
    30,
    { dom: nonnullDomain, memory: unsignedHyper },
    {},
    { priority: 'high', acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSetMemory: call(
    31,
    { dom: nonnullDomain, memory: unsignedHyper },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSetVcpus: call(32, { dom: nonnullDomain, nvcpus: uint }, {}, { acl: ['domain:write'], readOnly: 'denied' }),
  domainSetVcpusFlags: call(
    199,
    { dom: nonnullDomain, nvcpus: uint, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
        { permission: 'domain:write', whenFlags: 0x8 },
      ],
      readOnly: 'denied',
    },
  ),
  domainGetVcpusFlags: call(
    200,
    { dom: nonnullDomain, flags: uint },
    { num: int },
    { acl: ['domain:read', { permission: 'domain:write', whenFlags: 0x8 }], readOnly: { deniedFlags: 0x8 } },
  ),
  domainSetMemoryFlags: call(
    204,
    { dom: nonnullDomain, memory: unsignedHyper, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainSetMemoryStatsPeriod: call(
    308,
    { dom: nonnullDomain, period: int, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainGetGuestVcpus: call(
    371,
    { dom: nonnullDomain, flags: uint },
    { params: array(typedParam, limits.domainGuestVcpuParams) },
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSetGuestVcpus: call(
    372,
    { dom: nonnullDomain, cpumap: nonnullString, state: int, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSetVcpu: call(
    384,
    { dom: nonnullDomain, cpumap: nonnullString, state: int, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
} as const;
