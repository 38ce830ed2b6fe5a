import type { NetworkPort, Domain, NetworkInterface } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { driverCall } from '../guests/driver-call.js';
import type { QemuServices } from '../guests/services.js';
import type { PlannedTap } from './plan.js';

/** Makes a planned tap, plugged in and up. Changes the definition: the bridge a network chose. */
export async function openTap(services: QemuServices, definition: Domain, tap: PlannedTap): Promise<void> {
  const device = definition.devices.interfaces.find(({ alias }) => alias === tap.alias);
  if (device === undefined) return;
  const bridge = tap.port === undefined ? tap.bridge : await plugIn(services, definition, device, tap);
  await services.links.createTap(tap.name, {
    ...(services.user === undefined ? {} : { owner: services.user.uid }),
    multiQueue: tap.queues > 1,
    vnetHeader: device.model?.type?.startsWith('virtio') === true,
    mac: hostMac(tap.mac),
    ...(device.mtu?.size === undefined ? {} : { mtu: device.mtu.size }),
    ...(bridge === undefined ? {} : { master: bridge }),
    up: device.link?.state !== 'down',
  });
}

/** The host's end differs from the guest's in its first byte, so that no bridge takes the lowest address from it. */
export const hostMac = (mac: string): string => `fe${mac.slice(2)}`;

async function plugIn(
  services: QemuServices,
  definition: Domain,
  device: NetworkInterface,
  tap: PlannedTap,
): Promise<string> {
  const networks = await services.peer('network');
  if (networks?.createPort === undefined || tap.port === undefined || device.source.type !== 'network') {
    throw virtError('CONFIG_UNSUPPORTED', 'virtual networks are not installed on this host');
  }
  const made = await networks.createPort(tap.port.network, portOf(definition, device, tap.port.port), driverCall());
  if (made.plug?.type !== 'network' && made.plug?.type !== 'bridge') {
    throw virtError('CONFIG_UNSUPPORTED', `network '${tap.port.network.name}' gives no bridge to guests`);
  }
  device.source.bridge = made.plug.bridge;
  return made.plug.bridge;
}

const portOf = (definition: Domain, device: NetworkInterface, uuid: string): NetworkPort => ({
  uuid,
  owner: { name: definition.name, uuid: definition.uuid ?? '' },
  mac: device.mac?.address ?? '',
  ...(device.source.type === 'network' && device.source.portgroup !== undefined
    ? { group: device.source.portgroup }
    : {}),
});
