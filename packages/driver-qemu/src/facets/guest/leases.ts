import type { Call, GuestAddress } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { QemuServices } from '../../guests/services.js';

/** Addresses the virtual networks of this host gave to a guest's interfaces. */
export async function leasedAddresses(
  services: QemuServices,
  definition: Domain,
  call: Call,
): Promise<readonly GuestAddress[]> {
  const found = await Promise.all(definition.devices.interfaces.map((device) => leaseOf(services, device, call)));
  return found.filter((entry) => entry !== undefined);
}

async function leaseOf(
  services: QemuServices,
  device: Domain['devices']['interfaces'][number],
  call: Call,
): Promise<GuestAddress | undefined> {
  const { source, mac, target } = device;
  if (source.type !== 'network' || mac === undefined || source.network === undefined) return undefined;
  const network = await findNetwork(services, source.network, call);
  const leases = await network?.leases(mac.address);
  if (leases === undefined || leases.length === 0) return undefined;
  return {
    name: target?.dev ?? '',
    mac: mac.address,
    addresses: leases.map(({ family, address, prefix }) => ({ family, address, prefix })),
  };
}

async function findNetwork(services: QemuServices, name: string, call: Call) {
  const networks = await services.peer('network');
  const found = (await networks?.list(call))?.find(({ ref, active }) => active && ref.name === name);
  if (networks?.leases === undefined || found === undefined) return undefined;
  const { leases } = networks;
  return { leases: (mac: string) => leases.call(networks, found.ref, mac, call) };
}
