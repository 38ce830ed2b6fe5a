import type { GuestOffloads, HostOffloads, NetworkInterface } from '@virtkit/schema';
import { addressProperties, romProperties } from './address.js';
import type { CommandContext } from './context.js';
import { plainError } from './errors.js';
import type { JsonObject } from './json.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** The network card (`device_add`). */
export function interfaceDevice(entry: NetworkInterface, context: CommandContext): JsonObject {
  const model = entry.model?.type;
  if (model === undefined) throw plainError('INTERNAL_ERROR', "argument key 'driver' must not have null value");
  return {
    ...(isVirtio(model) ? virtioCard(entry, model) : { driver: model }),
    netdev: `host${entry.alias}`,
    id: entry.alias,
    mac: entry.mac?.address,
    bootindex: context.bootOrder.get(entry),
    ...addressProperties(entry, context.domain),
    ...romProperties(entry),
  };
}

export const isVirtio = (model: string): boolean =>
  model === 'virtio' || model === 'virtio-transitional' || model === 'virtio-non-transitional';

const transmitters: Readonly<Record<string, string>> = { iothread: 'bh', timer: 'timer' };

function virtioCard(entry: NetworkInterface, model: string): JsonObject {
  const { driver, mtu, teaming } = entry;
  const queues = driver?.queues ?? 0;
  return {
    driver: virtioDriver('virtio-net', entry, model),
    ...virtioProperties(driver),
    tx: transmitters[driver?.txmode ?? ''],
    ioeventfd: driver?.ioeventfd,
    event_idx: driver?.eventIdx,
    ...hostOffloads(driver?.host),
    ...guestOffloads(driver?.guest),
    ...(queues > 1 && multiqueue(entry, queues)),
    rx_queue_size: driver?.rxQueueSize,
    tx_queue_size: driver?.txQueueSize,
    host_mtu: mtu?.size,
    rss: driver?.rss,
    hash: driver?.rssHashReport,
    failover: teaming?.type === 'persistent' || undefined,
  };
}

/** A vector for each direction of each queue, one for control and one for configuration. */
const multiqueue = ({ address }: NetworkInterface, queues: number): JsonObject => ({
  mq: true,
  vectors: address?.type === 'ccw' ? undefined : 2 * queues + 2,
});

const hostOffloads = (host: HostOffloads | undefined): JsonObject => ({
  csum: host?.csum,
  gso: host?.gso,
  host_tso4: host?.tso4,
  host_tso6: host?.tso6,
  host_ecn: host?.ecn,
  host_ufo: host?.ufo,
  mrg_rxbuf: host?.mrgRxbuf,
});

const guestOffloads = (guest: GuestOffloads | undefined): JsonObject => ({
  guest_csum: guest?.csum,
  guest_tso4: guest?.tso4,
  guest_tso6: guest?.tso6,
  guest_ecn: guest?.ecn,
  guest_ufo: guest?.ufo,
});
