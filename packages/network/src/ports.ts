import {
  type ForwardAddress,
  type ForwardInterface,
  makesBridge,
  type Network,
  type NetworkPort,
  type PortGroup,
} from '@virtkit/schema';
import { networkError } from './errors.js';

/**
 * Plugs a guest into a network: fills in where its device is connected and what network and port group say of it, and
 * counts the connection in the network. Both objects are changed. @libvirt virNetworkPortCreateXML
 */
export function plugPort(network: Network, port: NetworkPort): void {
  inherit(port, network, portGroupOf(network, port.group));
  port.plug ??= plugFor(network, port);
  count(network, port, 1);
}

/** Takes a guest out again; only the count changes. */
export const unplugPort = (network: Network, port: NetworkPort): void => count(network, port, -1);

const portGroupOf = ({ portgroups }: Network, name: string | undefined): PortGroup | undefined =>
  portgroups.find((group) => (name === undefined ? group.default === true : group.name === name));

/** The guest's own settings come first, then those of its group, then the network's. */
function inherit(port: NetworkPort, network: Network, group: PortGroup | undefined): void {
  port.bandwidth ??= group?.bandwidth;
  port.vlan ??= group?.vlan ?? network.vlan;
  port.virtualport = merged(merged(port.virtualport, group?.virtualport), network.virtualport);
  port.port ??= network.port;
  const trusted = port.rxfilters?.trustGuest ?? group?.trustGuestRxFilters ?? network.trustGuestRxFilters;
  if (trusted !== undefined) port.rxfilters = { trustGuest: trusted };
  for (const key of ['bandwidth', 'vlan', 'virtualport', 'port'] as const)
    if (port[key] === undefined) delete port[key];
}

type Profile = NetworkPort['virtualport'];

function merged(first: Profile, second: Profile): Profile {
  if (first === undefined || second === undefined) return first ?? second;
  if (first.type !== undefined && second.type !== undefined && first.type !== second.type)
    throw networkError(
      'CONFIG_UNSUPPORTED',
      `attempt to merge virtualports with mismatched types (${first.type} and ${second.type})`,
    );
  return { ...second, ...first };
}

type Plug = NonNullable<NetworkPort['plug']>;

function plugFor(network: Network, port: NetworkPort): Plug {
  const type = port.virtualport?.type;
  const manager = network.bridge?.macTableManager;
  const table = manager === 'kernel' || manager === 'libvirt' ? { macTableManager: manager } : {};
  const bridge = network.bridge?.name;
  if (makesBridge(network.forward)) {
    if (type !== undefined) refuseProfile(type, network, 'IP forwarding');
    return { type: 'network', bridge: bridge ?? '', ...table } as Plug;
  }
  if (bridge !== undefined) {
    if (type !== undefined && type !== 'openvswitch' && type !== 'midonet')
      refuseProfile(type, network, 'a bridge device');
    return { type: 'bridge', bridge, ...table } as Plug;
  }
  return network.forward?.mode === 'hostdev' ? hostDevice(network, type) : macvtap(network, type);
}

function refuseProfile(type: string, network: Network, what: string): never {
  throw networkError(
    'CONFIG_UNSUPPORTED',
    `<virtualport type='${type}'> not supported for network '${network.name}' which uses ${what}`,
  );
}

function macvtap(network: Network, type: string | undefined): Plug {
  const mode = network.forward?.mode;
  if (type !== undefined && type !== '802.1Qbg' && type !== '802.1Qbh')
    refuseProfile(type, network, 'a macvtap device');
  const device = leastUsed(network, network.forward?.interfaces ?? [], 'direct');
  const exclusive = mode === 'passthrough' || (mode === 'private' && type === '802.1Qbh');
  if (exclusive && device.connections) throw exhausted(network);
  return { type: 'direct', dev: device.dev, mode: mode === 'none' ? 'vepa' : mode } as Plug;
}

function hostDevice(network: Network, type: string | undefined): Plug {
  if (type !== undefined && type !== '802.1Qbh')
    refuseProfile(type, network, 'an SR-IOV Virtual Function via PCI passthrough');
  const { managed, driver, addresses } = network.forward ?? { addresses: [] };
  const free = leastUsed(network, addresses, 'hostdev');
  if (free.connections) throw exhausted(network);
  const { domain, bus, slot, function: fn } = free;
  const address = { domain, bus, slot, function: fn };
  return { type: 'hostdev-pci', managed: managed === true, address, ...(driver !== undefined && { driver }) } as Plug;
}

function leastUsed<T extends ForwardInterface | ForwardAddress>(network: Network, pool: readonly T[], mode: string): T {
  const [first, ...rest] = pool;
  if (first === undefined)
    throw networkError(
      'INTERNAL_ERROR',
      `network '${network.name}' uses a ${mode} mode, but has no forward dev and no interface pool`,
    );
  return rest.reduce((best, one) => ((one.connections ?? 0) < (best.connections ?? 0) ? one : best), first);
}

const exhausted = (network: Network): Error =>
  networkError(
    'INTERNAL_ERROR',
    `network '${network.name}' requires exclusive access to interfaces, but none are available`,
  );

/** The counts are shown in the running network's document. */
function count(network: Network, { plug }: NetworkPort, by: 1 | -1): void {
  add(network, by);
  if (plug?.type === 'direct') {
    const device = network.forward?.interfaces.find(({ dev }) => dev === plug.dev);
    if (device !== undefined) add(device, by);
  }
  if (plug?.type === 'hostdev-pci') {
    const { address } = plug;
    const device = network.forward?.addresses.find(
      (one) =>
        one.domain === address.domain &&
        one.bus === address.bus &&
        one.slot === address.slot &&
        one.function === address.function,
    );
    if (device !== undefined) add(device, by);
  }
}

function add(counted: { connections?: number | undefined }, by: 1 | -1): void {
  const connections = (counted.connections ?? 0) + by;
  if (connections > 0) counted.connections = connections;
  else delete counted.connections;
}
