import type { Call, DhcpLease, GuestAddress } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { QemuServices } from '../../guests/services.js';

type Interface = Domain['devices']['interfaces'][number];

/** Addresses the virtual networks of this host gave to a guest's interfaces. */
export async function leasedAddresses(
  services: QemuServices,
  definition: Domain,
  call: Call,
): Promise<readonly GuestAddress[]> {
  const found = await Promise.all(definition.devices.interfaces.map((device) => leaseOf(services, device, call)));
  return found.filter((entry) => entry !== undefined);
}

async function leaseOf(services: QemuServices, device: Interface, call: Call): Promise<GuestAddress | undefined> {
  const leases = await leasesOf(services, device, call);
  if (leases.length === 0) return undefined;
  return {
    name: device.target?.dev ?? '',
    mac: device.mac?.address ?? '',
    addresses: leases.map(({ family, address, prefix }) => ({ family, address, prefix })),
  };
}

/** The first name a guest told when it asked for an address. */
export async function leasedHostname(
  services: QemuServices,
  definition: Domain,
  call: Call,
): Promise<string | undefined> {
  for (const device of definition.devices.interfaces) {
    const named = (await leasesOf(services, device, call)).find(({ hostname }) => hostname !== undefined);
    if (named?.hostname !== undefined) return named.hostname;
  }
  return undefined;
}

async function leasesOf(services: QemuServices, device: Interface, call: Call): Promise<readonly DhcpLease[]> {
  const { source, mac } = device;
  if (source.type !== 'network' || mac === undefined || source.network === undefined) return [];
  const network = await findNetwork(services, source.network, call);
  return (await network?.leases(mac.address)) ?? [];
}

async function findNetwork(services: QemuServices, name: string, call: Call) {
  const networks = await services.peer('network');
  const found = (await networks?.list(call))?.find(({ ref, active }) => active && ref.name === name);
  if (networks?.leases === undefined || found === undefined) return undefined;
  const { leases } = networks;
  return { leases: (mac: string) => leases.call(networks, found.ref, mac, call) };
}
