import type { Channel } from '@virtkit/schema';

/** Name of the socket of a channel that was given none: the channel's own, else its place. */
export function channelFile({ target, address }: Pick<Channel, 'target' | 'address'>): string {
  if (target?.type === 'virtio' && target.name !== undefined) return target.name;
  if (address?.type !== 'virtio-serial') return 'channel';
  const place = [address.controller, address.bus, address.port].map((number) => String(number ?? 0).padStart(2, '0'));
  return `vioser-${place.join('-')}.sock`;
}
