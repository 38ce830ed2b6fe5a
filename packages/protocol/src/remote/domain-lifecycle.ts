import { call } from '../program.js';
import { uint } from '../xdr/scalars.js';
import { nonnullDomain, nonnullString } from './objects.js';

/** Start, stop, suspend, reset. */
export const domainLifecycleRows = {
  domainCreate: call(9, { dom: nonnullDomain }, {}, { acl: ['domain:start'], readOnly: 'denied' }),
  domainCreateXML: call(
    10,
    { xmlDesc: nonnullString, flags: uint },
    { dom: nonnullDomain },
    { acl: ['domain:write', 'domain:start'], readOnly: 'denied' },
  ),
  domainDestroy: call(12, { dom: nonnullDomain }, {}, { priority: 'high', acl: ['domain:stop'], readOnly: 'denied' }),
  domainReboot: call(
    27,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:init_control', { permission: 'domain:write', whenFlags: 0x2 }], readOnly: 'denied' },
  ),
  domainResume: call(28, { dom: nonnullDomain }, {}, { acl: ['domain:suspend'], readOnly: 'denied' }),
  domainShutdown: call(33, { dom: nonnullDomain }, {}, { acl: ['domain:init_control'], readOnly: 'denied' }),
  domainSuspend: call(34, { dom: nonnullDomain }, {}, { acl: ['domain:suspend'], readOnly: 'denied' }),
  domainCreateWithFlags: call(
    196,
    { dom: nonnullDomain, flags: uint },
    { dom: nonnullDomain },
    { acl: ['domain:start'], readOnly: 'denied' },
  ),
  domainDestroyFlags: call(
    234,
    { dom: nonnullDomain, flags: uint },
    {},
    { priority: 'high', acl: ['domain:stop'], readOnly: 'denied' },
  ),
  domainReset: call(245, { dom: nonnullDomain, flags: uint }, {}, { acl: ['domain:reset'], readOnly: 'denied' }),
  domainShutdownFlags: call(
    258,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:init_control', { permission: 'domain:write', whenFlags: 0x2 }], readOnly: 'denied' },
  ),
  domainCreateXMLWithFiles: call(
    309,
    { xmlDesc: nonnullString, flags: uint },
    { dom: nonnullDomain },
    { acl: ['domain:write', 'domain:start'], readOnly: 'denied', fds: 'in' },
  ),
  domainCreateWithFiles: call(
    310,
    { dom: nonnullDomain, flags: uint },
    { dom: nonnullDomain },
    { acl: ['domain:start'], readOnly: 'denied', fds: 'in' },
  ),
  domainSetLifecycleAction: call(
    390,
    { dom: nonnullDomain, type: uint, action: uint, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
} as const;
