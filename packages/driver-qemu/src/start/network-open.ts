import { checkLinkName } from '@virtkit/host';
import type { NetworkPort, Domain, NetworkInterface } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { driverCall } from '../guests/driver-call.js';
import type { QemuServices } from '../guests/services.js';
import { closeAllFiles } from './close-files.js';
import type { PlannedTap } from './plan.js';

/** A tap that is there. */
export interface OpenedTap {
  readonly alias: string;
  /** Our descriptors of it, one per queue; none where QEMU opens the device by its name. Whoever gets them closes them. */
  readonly fds: readonly number[];
}

/**
 * Makes a planned tap, plugged in and up. With native code it lives as long as its descriptors, and QEMU needs no right
 * to open devices; without, it is QEMU's user's own and stays until it is deleted. Changes the definition: the bridge a
 * network chose.
 */
export async function openTap(services: QemuServices, definition: Domain, tap: PlannedTap): Promise<OpenedTap> {
  const device = definition.devices.interfaces.find(({ alias }) => alias === tap.alias);
  if (device === undefined) return { alias: tap.alias, fds: [] };
  const bridge = tap.port === undefined ? tap.bridge : await plugIn(services, definition, device, tap);
  const native = await services.native();
  const vnetHeader = device.model?.type?.startsWith('virtio') === true;
  if (native === undefined) {
    await createOwned(services, device, tap, { vnetHeader, bridge });
    return { alias: tap.alias, fds: [] };
  }
  const { fds } = native.openTap({ name: tap.name, vnetHeader, queues: tap.queues });
  try {
    await services.links.batch(settings(device, tap, bridge));
  } catch (cause) {
    closeAllFiles(fds);
    throw cause;
  }
  return { alias: tap.alias, fds };
}

function settings(device: NetworkInterface, tap: PlannedTap, bridge: string | undefined): readonly string[] {
  const words = [
    `address ${hostMac(tap.mac)}`,
    ...(device.mtu?.size === undefined ? [] : [`mtu ${device.mtu.size}`]),
    ...(bridge === undefined ? [] : [`master ${checkLinkName(bridge)}`]),
    ...(device.link?.state === 'down' ? [] : ['up']),
  ];
  return words.map((word) => `link set dev ${checkLinkName(tap.name)} ${word}`);
}

async function createOwned(
  { links, user }: QemuServices,
  device: NetworkInterface,
  tap: PlannedTap,
  { vnetHeader, bridge }: { readonly vnetHeader: boolean; readonly bridge: string | undefined },
): Promise<void> {
  await links.createTap(tap.name, {
    ...(user === undefined ? {} : { owner: user.uid }),
    multiQueue: tap.queues > 1,
    vnetHeader,
    mac: hostMac(tap.mac),
    ...(device.mtu?.size === undefined ? {} : { mtu: device.mtu.size }),
    ...(bridge === undefined ? {} : { master: bridge }),
    up: device.link?.state !== 'down',
  });
}

/** The host's end differs from the guest's in its first byte, so that no bridge takes the lowest address from it. */
const hostMac = (mac: string): string => `fe${mac.slice(2)}`;

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
