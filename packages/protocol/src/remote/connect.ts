import { call } from '../program.js';
import { array } from '../xdr/composites.js';
import { int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullString, nullableString, typedParam } from './objects.js';

/** The connection. */
export const connectRows = {
  connectOpen: call(1, { name: nullableString, flags: uint }, {}, { priority: 'high', acl: ['connect:getattr'] }),
  connectClose: call(2, {}, {}, { priority: 'high' }),
  connectGetType: call(3, {}, { type: nonnullString }, { priority: 'high', acl: ['connect:getattr'] }),
  connectGetVersion: call(4, {}, { hvVer: unsignedHyper }, { priority: 'high', acl: ['connect:getattr'] }),
  connectGetCapabilities: call(7, {}, { capabilities: nonnullString }, { acl: ['connect:read'] }),
  connectGetHostname: call(59, {}, { hostname: nonnullString }, { priority: 'high', acl: ['connect:getattr'] }),
  connectSupportsFeature: call(
    60,
    { feature: int },
    { supported: int },
    { priority: 'high', acl: ['connect:getattr'] },
  ),
  connectGetURI: call(110, {}, { uri: nonnullString }, { priority: 'high', acl: ['connect:getattr'] }),
  connectIsSecure: call(149, {}, { secure: int }, { priority: 'high' }),
  connectGetLibVersion: call(157, {}, { libVer: unsignedHyper }, { priority: 'high', acl: ['connect:getattr'] }),
  connectGetSysinfo: call(
    203,
    { flags: uint },
    { sysinfo: nonnullString },
    { priority: 'high', acl: ['connect:read'] },
  ),
  connectGetDomainCapabilities: call(
    342,
    {
      emulatorbin: nullableString,
      arch: nullableString,
      machine: nullableString,
      virttype: nullableString,
      flags: uint,
    },
    { capabilities: nonnullString },
    { acl: ['connect:write'], readOnly: 'denied' },
  ),
  connectSetIdentity: call(
    419,
    { params: array(typedParam, limits.connectIdentityParams), flags: uint },
    {},
    { acl: ['connect:write'] },
  ),
} as const;
