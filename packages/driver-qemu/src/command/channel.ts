import type { Channel, Console } from '@virtkit/schema';
import { addressProperties, controllerAlias } from './address.js';
import { chardevOptions } from './chardev.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, netdev, type QemuOption } from './option.js';

/** Channels between host and guest: virtio ports and forwarded connections. */
export const channelSection: Section = (context) =>
  context.domain.devices.channels.flatMap((channel) => channelOptions(channel, context));

/** Consoles of their own; the first often only repeats the first serial port. */
export const consoleSection: Section = (context) =>
  context.domain.devices.consoles.flatMap((console) => consoleOptions(console, context));

function channelOptions(channel: Channel, context: CommandContext): readonly QemuOption[] {
  const { alias = '', source, target } = channel;
  switch (target?.type) {
    case 'virtio':
      return [
        ...chardevOptions({ alias, source, spiceName: 'vdagent' }, context),
        device(channelDevice(channel, context)),
      ];
    case 'guestfwd':
      return [...chardevOptions({ alias, source }, context), netdev(guestForward(alias, target))];
    default:
      return [];
  }
}

const guestForward = (
  alias: string,
  { address, port }: Extract<Channel['target'], { type: 'guestfwd' }>,
): JsonObject => ({
  type: 'user',
  guestfwd: [{ str: `tcp:${address}:${port}-chardev:char${alias}` }],
  id: alias,
});

/** A virtio port (`device_add`). */
function channelDevice(channel: Channel, context: Pick<CommandContext, 'domain'>): JsonObject {
  return {
    driver: 'virtserialport',
    ...portProperties(channel, context),
    chardev: `char${channel.alias}`,
    id: channel.alias,
    name: portName(channel),
  };
}

/** The SPICE agent's port has a name of its own. */
function portName({ source, target }: Channel): string | undefined {
  const isAgent = source.type === 'spicevmc' || source.type === 'qemu-vdagent';
  return (target?.type === 'virtio' ? target.name : undefined) ?? (isAgent ? 'com.redhat.spice.0' : undefined);
}

function portProperties({ address }: Channel, { domain }: Pick<CommandContext, 'domain'>): JsonObject {
  if (address?.type !== 'virtio-serial') return {};
  return { bus: `${controllerAlias(domain, 'virtio-serial', address.controller)}.${address.bus}`, nr: address.port };
}

const consoleDrivers: Readonly<Record<string, string>> = {
  virtio: 'virtconsole',
  sclp: 'sclpconsole',
  sclplm: 'sclplmconsole',
};

function consoleOptions(console: Console, context: CommandContext): readonly QemuOption[] {
  const driver = consoleDrivers[console.target?.type ?? ''];
  if (driver === undefined) return [];
  const { alias = '', source } = console;
  const place = driver === 'virtconsole' ? addressProperties(console, context.domain) : {};
  return [
    ...chardevOptions({ alias, source }, context),
    device({ driver, ...place, chardev: `char${alias}`, id: alias }),
  ];
}
