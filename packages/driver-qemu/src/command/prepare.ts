import { channelFile } from './channel-file.js';
import type { Channel, Domain, Graphics } from '@virtkit/schema';
import type { CommandConfig } from './config.js';
import { shortName } from './paths.js';
import { spicePortNeeds } from './spice-ports.js';

/** Addresses and ports a conversion pretends. */
export interface PretendedPlaces {
  readonly vncListen: string;
  readonly spiceListen: string;
  readonly vncPort: number;
  readonly spicePort: number;
  readonly spiceTlsPort: number;
  /** Address of a network of the host; undefined where there is none. */
  networkAddress(network: string): string | undefined;
}

/**
 * Fills in what a start would choose: paths of channels, addresses, sockets and ports of displays. Pure but for the
 * definition, which it changes: nothing is opened or reserved.
 */
export function pretendPlaces(domain: Domain, config: CommandConfig, places: PretendedPlaces): void {
  for (const channel of domain.devices.channels) placeChannel(channel, domain, config);
  for (const graphics of domain.devices.graphics) placeDisplay(graphics, config, places);
}

function placeChannel(channel: Channel, domain: Domain, config: CommandConfig): void {
  const { source } = channel;
  if (source.type !== 'unix' || source.path !== undefined) return;
  source.mode = 'bind';
  source.path = `${config.channelTargetDir}/${shortName(domain)}/${channelFile(channel)}`;
}

function placeDisplay(graphics: Graphics, config: CommandConfig, places: PretendedPlaces): void {
  if (graphics.type === 'vnc') {
    placeListens(graphics, config.vncAutoUnixSocket, places.vncListen, places);
    if (graphics.autoport) graphics.port = places.vncPort;
  }
  if (graphics.type !== 'spice') return;
  placeListens(graphics, config.spiceAutoUnixSocket, places.spiceListen, places);
  if (!listensOnNetwork(graphics)) return;
  const { plain, tls } = spicePortNeeds(graphics, config.spiceTls.enabled);
  if (plain) graphics.port = places.spicePort;
  if (tls) graphics.tlsPort = places.spiceTlsPort;
}

const listensOnNetwork = ({ listens: [first] }: Display): boolean => first?.type !== 'socket' && first?.type !== 'none';

type Display = Extract<Graphics, { type: 'vnc' | 'spice' }>;

function placeListens({ listens }: Display, autoSocket: boolean, address: string, places: PretendedPlaces): void {
  for (const [index, listen] of listens.entries()) {
    if (listen.type === 'network' && listen.network !== undefined) {
      const found = places.networkAddress(listen.network);
      if (found !== undefined) listen.address ??= found;
    }
    if (listen.type !== 'address' || listen.address !== undefined) continue;
    if (autoSocket) listens[index] = { type: 'socket' };
    else listen.address = address;
  }
}
