import { call, event, program } from './program.js';
import { nonnullDomain, nonnullString, nullableDomain, nullableString } from './remote/objects.js';
import { hyper, int, uint } from './xdr/scalars.js';

/** What only QEMU has: monitor and agent commands, monitor events. */
export const qemu = program(
  { name: 'qemu', id: 0x20008087, version: 1 },
  {
    domainMonitorCommand: call(
      1,
      { dom: nonnullDomain, cmd: nonnullString, flags: uint },
      { result: nonnullString },
      { acl: ['domain:write'], readOnly: 'denied', api: 'virDomainQemuMonitorCommand' },
    ),
    domainAttach: call(
      2,
      { pidValue: uint, flags: uint },
      { dom: nonnullDomain },
      { acl: ['domain:start', 'domain:write'], readOnly: 'denied', api: 'virDomainQemuAttach' },
    ),
    domainAgentCommand: call(
      3,
      { dom: nonnullDomain, cmd: nonnullString, timeout: int, flags: uint },
      { result: nullableString },
      { acl: ['domain:write'], readOnly: 'denied', api: 'virDomainQemuAgentCommand' },
    ),
    connectDomainMonitorEventRegister: call(
      4,
      { dom: nullableDomain, event: nullableString, flags: uint },
      { callbackID: int },
      {
        priority: 'high',
        acl: ['connect:search_domains', 'connect:write'],
        aclFilter: ['domain:getattr'],
        readOnly: 'denied',
        api: 'virConnectDomainQemuMonitorEventRegister',
      },
    ),
    connectDomainMonitorEventDeregister: call(
      5,
      { callbackID: int },
      {},
      {
        priority: 'high',
        acl: ['connect:write'],
        readOnly: 'denied',
        api: 'virConnectDomainQemuMonitorEventDeregister',
      },
    ),
    domainMonitorEvent: event(
      6,
      {
        callbackID: int,
        dom: nonnullDomain,
        event: nonnullString,
        seconds: hyper,
        micros: uint,
        details: nullableString,
      },
      { class: 'qemu' },
    ),
    domainMonitorCommandWithFiles: call(
      7,
      { dom: nonnullDomain, cmd: nonnullString, flags: uint },
      { result: nonnullString },
      { acl: ['domain:write'], readOnly: 'denied', fds: 'both', api: 'virDomainQemuMonitorCommandWithFiles' },
    ),
  },
);
