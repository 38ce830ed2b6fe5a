import type { Network } from '@virtkit/schema';

/** The network a new host starts with, as libvirt's packages bring one: NAT, not started, not marked to start. */
export const defaultNetwork = (): Network => ({
  name: 'default',
  forward: { mode: 'nat', interfaces: [], addresses: [] },
  bridge: {},
  ips: [
    {
      address: '192.168.122.1',
      netmask: '255.255.255.0',
      dhcp: { ranges: [{ start: '192.168.122.2', end: '192.168.122.254' }], hosts: [] },
    },
  ],
  routes: [],
  portgroups: [],
});
