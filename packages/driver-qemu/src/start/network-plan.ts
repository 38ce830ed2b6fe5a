import { randomUUID } from 'node:crypto';
import type { NetworkSummary } from '@virtkit/core';
import { type Domain, errorsFrom, type NetworkInterface } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { driverCall } from '../guests/driver-call.js';
import type { QemuServices } from '../guests/services.js';
import type { TapNames } from '../process/tap-names.js';
import type { PlannedTap } from './plan.js';

/** Names that are ours to give: one in a document is from an earlier start. */
const generated = /^(vnet|macvtap|macvlan)\d+$/;

/** What QEMU sets up by itself. */
const withoutTap: ReadonlySet<string> = new Set(['user', 'null', 'vhostuser', 'server', 'client', 'mcast', 'udp']);

/** Taps of a guest's interfaces. Changes the definition: names of devices, numbers of ports. */
export async function planTaps(
  services: QemuServices,
  definition: Domain,
  names: TapNames,
): Promise<readonly PlannedTap[]> {
  const taps: PlannedTap[] = [];
  for (const device of definition.devices.interfaces) {
    const tap = await planTap(services, device, names);
    if (tap !== undefined) taps.push(tap);
  }
  return taps;
}

/** The tap of one interface; undefined where it needs none. Changes the device. */
export async function planTap(
  services: QemuServices,
  device: NetworkInterface,
  names: TapNames,
): Promise<PlannedTap | undefined> {
  const { source } = device;
  if (withoutTap.has(source.type)) return undefined;
  if (source.type !== 'network' && source.type !== 'bridge' && source.type !== 'ethernet') {
    throw virtError(
      'CONFIG_UNSUPPORTED',
      `interface type '${source.type}' is not supported by this build of the QEMU driver`,
    );
  }
  if (services.session)
    throw virtError(
      'INTERNAL_ERROR',
      "network devices of the host need a privileged daemon; use <interface type='user'>",
    );
  const name = await deviceName(device, names);
  const port = source.type === 'network' ? await findPort(services, source) : undefined;
  return {
    alias: device.alias ?? '',
    name,
    mac: device.mac?.address ?? '',
    queues: device.driver?.queues ?? 1,
    bridge: source.type === 'bridge' ? source.bridge : undefined,
    port,
  };
}

async function deviceName(device: NetworkInterface, names: TapNames): Promise<string> {
  const wanted = device.target?.dev;
  if (wanted !== undefined && !generated.test(wanted)) return wanted;
  const dev = await names.take();
  device.target = { ...device.target, dev };
  return dev;
}

const networkError = errorsFrom('NETWORK');

type NetworkSource = Extract<NetworkInterface['source'], { type: 'network' }>;

/** @throws `NO_NETWORK`, `OPERATION_INVALID` where the network of an interface cannot be joined */
export async function checkNetwork(services: QemuServices, { source }: NetworkInterface): Promise<void> {
  if (source.type === 'network') await joined(services, source);
}

async function findPort(services: QemuServices, source: NetworkSource): Promise<PlannedTap['port']> {
  const { ref } = await joined(services, source);
  source.portid = randomUUID();
  return { network: { uuid: ref.uuid, name: ref.name }, port: source.portid };
}

/** The active network an interface is plugged into. */
async function joined(services: QemuServices, source: NetworkSource): Promise<NetworkSummary> {
  const networks = await services.peer('network');
  if (networks?.createPort === undefined) {
    throw virtError('CONFIG_UNSUPPORTED', 'virtual networks are not installed on this host');
  }
  const found = (await networks.list(driverCall())).find(({ ref }) => ref.name === source.network);
  if (found === undefined) throw networkError('NO_NETWORK', `no network with matching name '${source.network ?? ''}'`);
  if (!found.active) throw virtError('OPERATION_INVALID', `network '${found.ref.name}' is not active`);
  return found;
}
