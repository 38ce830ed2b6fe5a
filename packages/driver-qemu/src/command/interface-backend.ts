import type { InterfaceSourceOf, NetworkInterface } from '@virtkit/schema';
import { has, type CommandContext } from './context.js';
import type { JsonObject } from './json.js';
import type { InterfaceResources } from './resources.js';

/** What an interface is connected to (`netdev_add`). */
export function interfaceBackend(entry: NetworkInterface, context: CommandContext, vdpaPath?: string): JsonObject {
  return { ...typeProperties(entry, context, vdpaPath), id: `host${entry.alias}` };
}

function typeProperties(entry: NetworkInterface, context: CommandContext, vdpaPath: string | undefined): JsonObject {
  const { source } = entry;
  const resources = context.resources.interface(entry.alias ?? '');
  switch (source.type) {
    case 'client':
      return { type: 'socket', connect: endpoint(source) };
    case 'server':
      return { type: 'socket', listen: endpoint(source) };
    case 'mcast':
      return { type: 'socket', mcast: endpoint(source) };
    case 'udp':
      return {
        type: 'socket',
        udp: endpoint(source),
        localaddr: `${source.localAddress ?? ''}:${source.localPort ?? 0}`,
      };
    case 'user':
      return userProperties(entry, resources, context);
    case 'vhostuser':
      return { type: 'vhost-user', chardev: `char${entry.alias}`, queues: several(entry.driver?.queues) };
    case 'vdpa':
      return { type: 'vhost-vdpa', vhostdev: vdpaPath, queues: several(entry.driver?.queues) };
    case 'null':
      return { type: 'user', restrict: true };
    default:
      return tapProperties(entry, resources);
  }
}

const endpoint = ({ address, port }: InterfaceSourceOf<'client' | 'server' | 'mcast' | 'udp'>): string =>
  `${address ?? ''}:${port ?? 0}`;

const several = (queues: number | undefined): number | undefined =>
  queues !== undefined && queues > 1 ? queues : undefined;

function tapProperties(entry: NetworkInterface, { tapFds, vhostFds }: InterfaceResources): JsonObject {
  const isVhost = vhostFds.length > 0;
  return {
    type: 'tap',
    ...descriptors('fd', tapFds),
    vhost: isVhost || undefined,
    ...(isVhost ? descriptors('vhostfd', vhostFds) : {}),
    sndbuf: entry.sndbuf,
  };
}

/** One descriptor, or all of a multiqueue device. */
const descriptors = (name: string, fds: readonly number[]): JsonObject =>
  fds.length > 1 ? { [`${name}s`]: fds.join(':') } : { [name]: fds[0] === undefined ? undefined : String(fds[0]) };

/** Networking without privileges: by QEMU itself, by a helper, or by passt. */
function userProperties(entry: NetworkInterface, resources: InterfaceResources, context: CommandContext): JsonObject {
  if (resources.slirpFd !== undefined) return { type: 'socket', fd: String(resources.slirpFd) };
  if (entry.backend?.type === 'passt')
    return {
      type: 'stream',
      addr: { type: 'unix', path: resources.passtSocket },
      server: false,
      ...(has(context, 'netdev-stream-reconnect-miliseconds')
        ? { 'reconnect-ms': 5000 }
        : has(context, 'netdev.stream.reconnect')
          ? { reconnect: 5 }
          : {}),
    };
  return { type: 'user', ...userAddresses(entry) };
}

function userAddresses({ ips }: NetworkInterface): JsonObject {
  const ipv4 = ips.find(({ family }) => family !== 'ipv6');
  const ipv6 = ips.find(({ family }) => family === 'ipv6');
  return {
    net: ipv4 && `${ipv4.address}${ipv4.prefix ? `/${ipv4.prefix}` : ''}`,
    'ipv6-prefix': ipv6?.address,
    'ipv6-prefixlen': ipv6?.prefix,
  };
}
