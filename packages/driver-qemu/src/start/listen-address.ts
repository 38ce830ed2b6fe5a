import { errorsFrom, type Domain, type Network } from '@virtkit/schema';
import { driverCall } from '../guests/driver-call.js';
import type { QemuServices } from '../guests/services.js';

const networkError = errorsFrom('NETWORK');

/** Addresses of the networks that displays of a guest listen on. @throws `NO_NETWORK` */
export async function listenAddresses(
  services: QemuServices,
  { devices }: Pick<Domain, 'devices'>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of listenNetworks(devices)) {
    const address = addressOf(await networkNamed(services, name));
    if (address !== undefined) found.set(name, address);
  }
  return found;
}

function listenNetworks({ graphics }: Domain['devices']): ReadonlySet<string> {
  const listens = graphics.flatMap((display) => ('listens' in display ? display.listens : []));
  return new Set(listens.flatMap((listen) => (listen.type === 'network' ? (listen.network ?? []) : [])));
}

async function networkNamed(services: QemuServices, name: string): Promise<Network> {
  const networks = await services.peer('network');
  const found = (await networks?.list(driverCall()))?.find(({ ref }) => ref.name === name);
  if (networks === undefined || found === undefined)
    throw networkError('NO_NETWORK', `no network with matching name '${name}'`);
  return await networks.definition(found.ref, 'current', driverCall());
}

const addressOf = ({ ips }: Network): string | undefined => ips[0]?.address;

/** Fills in the addresses that displays have on their networks. Changes the definition. */
export function placeOnNetworks({ devices }: Domain, addresses: ReadonlyMap<string, string>): void {
  for (const display of devices.graphics) {
    if (!('listens' in display)) continue;
    for (const listen of display.listens)
      if (listen.type === 'network') listen.address ??= addresses.get(listen.network ?? '');
  }
}
