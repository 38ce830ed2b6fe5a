import type { Graphics } from '@virtkit/schema';
import type { CommandContext } from './context.js';
import { firstListen, listenAddress, socketPath } from './graphics-listen.js';
import { keymapOptions } from './keymap.js';
import { pairs, type PairInput, type QemuOption } from './option.js';

type Spice = Extract<Graphics, { type: 'spice' }>;

/** `-spice`, then its keyboard layout. */
export const spiceOptions = (spice: Spice, context: CommandContext): readonly QemuOption[] => [
  pairs(
    'spice',
    ...place(spice, context),
    context.config.spiceSasl.enabled && ['sasl', 'on'],
    spice.mouse && ['agent-mouse', spice.mouse.mode === 'client' ? 'on' : 'off'],
    !hasPassword(spice, context) && ['disable-ticketing', 'on'],
    ...channels(spice, context),
    ...compression(spice),
    spice.clipboard?.copypaste === false && ['disable-copy-paste', 'on'],
    spice.filetransfer?.enable === false && ['disable-agent-file-xfer', 'on'],
    ...openGl(spice, context),
    ['seamless-migration', 'on'],
  ),
  ...keymapOptions(spice.keymap),
];

function place(spice: Spice, context: CommandContext): readonly PairInput[] {
  const listen = firstListen(spice);
  if (listen?.type === 'socket')
    return [
      ['unix', 'on'],
      ['addr', socketPath(listen, 'spice', context)],
    ];
  const hasPort = spice.port !== undefined && spice.port > 0;
  const hasTls = spice.tlsPort !== undefined && spice.tlsPort > 0;
  if (listen?.type === 'network' && !hasPort && !hasTls) return [];
  const address = listenAddress(listen);
  return [
    (hasPort || !hasTls) && ['port', String(hasPort ? spice.port : 0)],
    hasTls && ['tls-port', String(spice.tlsPort)],
    address && ['addr', address],
  ];
}

function channels(spice: Spice, { config }: CommandContext): readonly PairInput[] {
  const hasTls = spice.tlsPort !== undefined && spice.tlsPort > 0;
  return [
    hasTls && ['x509-dir', config.spiceTls.directory],
    spice.defaultMode === 'secure' && ['tls-channel', 'default'],
    spice.defaultMode === 'insecure' && ['plaintext-channel', 'default'],
    ...spice.channels.map(({ name, mode }): PairInput => {
      if (mode === 'any') return undefined;
      return [mode === 'secure' ? 'tls-channel' : 'plaintext-channel', name];
    }),
  ];
}

const compression = (spice: Spice): readonly PairInput[] => [
  spice.image && ['image-compression', spice.image.compression],
  spice.jpeg && ['jpeg-wan-compression', spice.jpeg.compression],
  spice.zlib && ['zlib-glz-wan-compression', spice.zlib.compression],
  spice.playback && ['playback-compression', spice.playback.compression ? 'on' : 'off'],
  spice.streaming && ['streaming-video', spice.streaming.mode],
];

function openGl({ gl }: Spice, { resources }: CommandContext): readonly PairInput[] {
  if (gl?.enable !== true) return [];
  const node = gl.rendernode ?? resources.renderNode;
  return [['gl', 'on'], node !== undefined && ['rendernode', node]];
}

const hasPassword = (spice: Spice, { config }: CommandContext): boolean =>
  spice.passwd !== undefined || config.spicePassword !== undefined;
