import type { Call, DhcpLease } from '@virtkit/core';
import { describe, expect, test } from 'vitest';
import type { QemuServices } from '../../guests/services.js';
import { leasedAddresses, leasedHostname } from './leases.js';

const call = { signal: new AbortController().signal } as unknown as Call;
type Definition = Parameters<typeof leasedAddresses>[1];

const lease = (mac: string, address: string, hostname?: string): DhcpLease => ({
  interface: 'virbr0',
  expiry: 0n,
  family: 'ipv4',
  mac,
  address,
  prefix: 24,
  ...(hostname !== undefined && { hostname }),
});

/** A guest with two interfaces in one network. */
const definition = {
  devices: {
    interfaces: ['52:54:00:00:00:01', '52:54:00:00:00:02'].map((address, index) => ({
      source: { type: 'network', network: 'default' },
      mac: { address },
      target: { dev: `vnet${index}` },
    })),
  },
} as unknown as Definition;

/** Services that reach a network driver with these leases; `active` is whether the network runs. */
const servicesWith = (leases: readonly DhcpLease[], active = true): QemuServices =>
  ({
    peer: async () => ({
      list: async () => [{ ref: { name: 'default' }, active }],
      leases: async (_ref: unknown, mac: string) => leases.filter((entry) => entry.mac === mac),
    }),
  }) as unknown as QemuServices;

describe('what virtual networks know of a guest', () => {
  const both = [lease('52:54:00:00:00:01', '192.0.2.1'), lease('52:54:00:00:00:02', '192.0.2.2', 'web')];

  test('its addresses by interface', async () => {
    expect(await leasedAddresses(servicesWith(both), definition, call)).toMatchObject([
      { name: 'vnet0', addresses: [{ address: '192.0.2.1' }] },
      { name: 'vnet1', addresses: [{ address: '192.0.2.2' }] },
    ]);
  });

  test('the first name it told', async () => {
    expect(await leasedHostname(servicesWith(both), definition, call)).toBe('web');
  });

  test.each([
    ['no lease has a name', servicesWith(both.slice(0, 1))],
    ['the network is off', servicesWith(both, false)],
  ])('no name where %s', async (_why, services) => {
    expect(await leasedHostname(services, definition, call)).toBeUndefined();
  });
});
