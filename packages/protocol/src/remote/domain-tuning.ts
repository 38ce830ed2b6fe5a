import { call } from '../program.js';
import { charText, opaque } from '../xdr/bytes.js';
import { array, struct } from '../xdr/composites.js';
import { int, uint } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, nullableString, typedParam } from './objects.js';

const domainGetSecurityLabelRet = struct({ label: charText(limits.securityLabel), enforcing: int });
const domainIothreadInfo = struct({ iothreadId: uint, cpumap: opaque(limits.cpumap) });

/** Scheduler, memory, block, NUMA, interface and IO thread parameters. */
export const domainTuningRows = {
  domainPinVcpu: call(
    26,
    { dom: nonnullDomain, vcpu: uint, cpumap: opaque(limits.cpumap) },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainGetSchedulerType: call(
    56,
    { dom: nonnullDomain },
    { type: nonnullString, nparams: int },
    { acl: ['domain:read'] },
  ),
  domainGetSchedulerParameters: call(
    57,
    { dom: nonnullDomain, nparams: int },
    { params: array(typedParam, limits.domainSchedulerParameters) },
    { acl: ['domain:read'] },
  ),
  domainSetSchedulerParameters: call(
    58,
    { dom: nonnullDomain, params: array(typedParam, limits.domainSchedulerParameters) },
    {},
    { acl: ['domain:read'], readOnly: 'denied' },
  ),
  domainGetSecurityLabel: call(
    121,
    { dom: nonnullDomain },
    { label: charText(limits.securityLabel), enforcing: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainSetMemoryParameters: call(
    197,
    { dom: nonnullDomain, params: array(typedParam, limits.domainMemoryParameters), flags: uint },
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
  domainGetMemoryParameters: call(
    198,
    { dom: nonnullDomain, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainMemoryParameters), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainSetBlkioParameters: call(
    205,
    { dom: nonnullDomain, params: array(typedParam, limits.domainBlkioParameters), flags: uint },
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
  domainGetBlkioParameters: call(
    206,
    { dom: nonnullDomain, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainBlkioParameters), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainSetSchedulerParametersFlags: call(
    219,
    { dom: nonnullDomain, params: array(typedParam, limits.domainSchedulerParameters), flags: uint },
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
  domainGetSchedulerParametersFlags: call(
    223,
    { dom: nonnullDomain, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainSchedulerParameters) },
    { acl: ['domain:read'] },
  ),
  domainPinVcpuFlags: call(
    225,
    { dom: nonnullDomain, vcpu: uint, cpumap: opaque(limits.cpumap), flags: uint },
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
  domainGetVcpuPinInfo: call(
    230,
    { dom: nonnullDomain, ncpumaps: int, maplen: int, flags: uint },
    { cpumaps: opaque(limits.cpumaps), num: int },
    { acl: ['domain:read'] },
  ),
  domainSetBlockIoTune: call(
    252,
    {
      dom: nonnullDomain,
      disk: nonnullString,
      params: array(typedParam, limits.domainBlockIoTuneParameters),
      flags: uint,
    },
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
  domainGetBlockIoTune: call(
    253,
    { dom: nonnullDomain, disk: nullableString, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainBlockIoTuneParameters), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainSetNumaParameters: call(
    254,
    { dom: nonnullDomain, params: array(typedParam, limits.domainNumaParameters), flags: uint },
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
  domainGetNumaParameters: call(
    255,
    { dom: nonnullDomain, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainNumaParameters), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainSetInterfaceParameters: call(
    256,
    {
      dom: nonnullDomain,
      device: nonnullString,
      params: array(typedParam, limits.domainInterfaceParameters),
      flags: uint,
    },
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
  domainGetInterfaceParameters: call(
    257,
    { dom: nonnullDomain, device: nonnullString, nparams: int, flags: uint },
    { params: array(typedParam, limits.domainInterfaceParameters), nparams: int },
    { acl: ['domain:read'] },
  ),
  domainGetSecurityLabelList: call(
    278,
    { dom: nonnullDomain },
    { labels: array(domainGetSecurityLabelRet, limits.securityLabelList), ret: int },
    { priority: 'high', acl: ['domain:read'] },
  ),
  domainPinEmulator: call(
    279,
    { dom: nonnullDomain, cpumap: opaque(limits.cpumap), flags: uint },
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
  domainGetEmulatorPinInfo: call(
    280,
    { dom: nonnullDomain, maplen: int, flags: uint },
    { cpumaps: opaque(limits.cpumaps), ret: int },
    { acl: ['domain:read'] },
  ),
  domainGetIOThreadInfo: call(
    351,
    { dom: nonnullDomain, flags: uint },
    { info: array(domainIothreadInfo, limits.iothreadInfo), ret: uint },
    { acl: ['domain:read'] },
  ),
  domainPinIOThread: call(
    352,
    { dom: nonnullDomain, iothreadsId: uint, cpumap: opaque(limits.cpumap), flags: uint },
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
  domainAddIOThread: call(
    355,
    { dom: nonnullDomain, iothreadId: uint, flags: uint },
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
  domainDelIOThread: call(
    356,
    { dom: nonnullDomain, iothreadId: uint, flags: uint },
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
  domainGetLaunchSecurityInfo: call(
    396,
    { dom: nonnullDomain, flags: uint },
    { params: array(typedParam, limits.domainLaunchSecurityInfoParams) },
    { acl: ['domain:read'], readOnly: 'denied' },
  ),
  domainSetIOThreadParams: call(
    402,
    { dom: nonnullDomain, iothreadId: uint, params: array(typedParam, limits.domainIothreadParams), flags: uint },
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
  domainSetLaunchSecurityState: call(
    439,
    { dom: nonnullDomain, params: array(typedParam, limits.domainLaunchSecurityStateParams), flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSetThrottleGroup: call(
    451,
    {
      dom: nonnullDomain,
      group: nonnullString,
      params: array(typedParam, limits.domainBlockIoTuneParameters),
      flags: uint,
    },
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
  domainDelThrottleGroup: call(
    452,
    { dom: nonnullDomain, group: nullableString, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
    },
  ),
} as const;
