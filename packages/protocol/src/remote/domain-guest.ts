import { call } from '../program.js';
import { array, struct } from '../xdr/composites.js';
import { hyper, int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, nullableString, typedParam } from './objects.js';

const domainFsinfo = struct({
  mountpoint: nonnullString,
  name: nonnullString,
  fstype: nonnullString,
  devAliases: array(nonnullString, limits.domainFsinfoDisks),
});
const domainIpAddr = struct({ type: int, addr: nonnullString, prefix: uint });
const domainInterface = struct({
  name: nonnullString,
  hwaddr: nullableString,
  addrs: array(domainIpAddr, limits.domainIpAddr),
});

/** What is asked of the guest itself, mostly through its agent. */
export const domainGuestRows = {
  domainInjectNMI: call(
    210,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:inject_nmi'], readOnly: 'denied' },
  ),
  domainSendKey: call(
    226,
    { dom: nonnullDomain, codeset: uint, holdtime: uint, keycodes: array(uint, limits.domainSendKey), flags: uint },
    {},
    { acl: ['domain:send_input'], readOnly: 'denied' },
  ),
  domainPMSuspendForDuration: call(
    261,
    { dom: nonnullDomain, target: uint, duration: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:pm_control'], readOnly: 'denied' },
  ),
  domainPMWakeup: call(
    267,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:pm_control'], readOnly: 'denied' },
  ),
  domainGetHostname: call(
    277,
    { dom: nonnullDomain, flags: uint },
    { hostname: nonnullString },
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainFSTrim: call(
    294,
    { dom: nonnullDomain, mountPoint: nullableString, minimum: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:fs_trim'], readOnly: 'denied' },
  ),
  domainSendProcessSignal: call(
    295,
    { dom: nonnullDomain, pidValue: hyper, signum: uint, flags: uint },
    {},
    { acl: ['domain:send_signal'], readOnly: 'denied' },
  ),
  domainFSFreeze: call(
    335,
    { dom: nonnullDomain, mountpoints: array(nonnullString, limits.domainFsfreezeMountpoints), flags: uint },
    { filesystems: int },
    { acl: ['domain:fs_freeze'], readOnly: 'denied' },
  ),
  domainFSThaw: call(
    336,
    { dom: nonnullDomain, mountpoints: array(nonnullString, limits.domainFsfreezeMountpoints), flags: uint },
    { filesystems: int },
    { acl: ['domain:fs_freeze'], readOnly: 'denied' },
  ),
  domainGetTime: call(
    337,
    { dom: nonnullDomain, flags: uint },
    { seconds: hyper, nseconds: uint },
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainSetTime: call(
    338,
    { dom: nonnullDomain, seconds: hyper, nseconds: uint, flags: uint },
    {},
    { acl: ['domain:set_time'], readOnly: 'denied' },
  ),
  domainGetFSInfo: call(
    349,
    { dom: nonnullDomain, flags: uint },
    { info: array(domainFsinfo, limits.domainFsinfo), ret: uint },
    { acl: ['domain:fs_freeze'], readOnly: 'denied' },
  ),
  domainInterfaceAddresses: call(
    353,
    { dom: nonnullDomain, source: uint, flags: uint },
    { ifaces: array(domainInterface, limits.domainInterface) },
    {
      acl: ['domain:read', { permission: 'domain:write', whenParameter: 'source', equals: 1 }],
      readOnly: { deniedParameter: 'source', equals: 1 },
    },
  ),
  domainSetUserPassword: call(
    357,
    { dom: nonnullDomain, user: nullableString, password: nullableString, flags: uint },
    {},
    { acl: ['domain:set_password'], readOnly: 'denied' },
  ),
  domainGetGuestInfo: call(
    418,
    { dom: nonnullDomain, types: uint, flags: uint },
    { params: array(typedParam, limits.domainGuestInfoParams) },
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainAuthorizedSSHKeysGet: call(
    424,
    { dom: nonnullDomain, user: nonnullString, flags: uint },
    { keys: array(nonnullString, limits.domainAuthorizedSshKeys) },
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainAuthorizedSSHKeysSet: call(
    425,
    {
      dom: nonnullDomain,
      user: nonnullString,
      keys: array(nonnullString, limits.domainAuthorizedSshKeys),
      flags: uint,
    },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainGetMessages: call(
    426,
    { dom: nonnullDomain, flags: uint },
    { msgs: array(nonnullString, limits.domainMessages) },
    { acl: ['domain:read'] },
  ),
  domainGraphicsReload: call(
    448,
    { dom: nonnullDomain, type: uint, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
} as const;
