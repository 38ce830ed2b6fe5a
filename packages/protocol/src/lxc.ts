import { call, program } from './program.js';
import { nonnullDomain } from './remote/objects.js';
import { uint } from './xdr/scalars.js';

/** What only LXC has. */
export const lxc = program(
  { name: 'lxc', id: 0x00068000, version: 1 },
  {
    domainOpenNamespace: call(
      1,
      { dom: nonnullDomain, flags: uint },
      {},
      { acl: ['domain:open_namespace'], readOnly: 'denied', fds: 'out', api: 'virDomainLxcOpenNamespace' },
    ),
  },
);
