import type { Graphics } from '@virtkit/schema';
import type { CommandContext } from './context.js';
import { qemuError } from './errors.js';
import { firstListen, listenAddress, socketPath } from './graphics-listen.js';
import { keymapOptions } from './keymap.js';
import { pairs, type PairInput, type QemuOption } from './option.js';

type Spice = Extract<Graphics, { type: 'spice' }>;
type SpiceMode = Spice['channels'][number]['mode'];

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
  const { plain, tls } = connections(spice);
  if (!plain && !tls) return [];
  const port = Math.max(spice.port ?? 0, 0);
  const address = listenAddress(listen);
  return [plain && ['port', String(port)], tls && ['tls-port', String(spice.tlsPort)], address && ['addr', address]];
}

/** Without any port there is a plain connection whose port QEMU is not told; none on a network. */
const connections = ({ port = 0, tlsPort = 0, ...spice }: Spice) => ({
  plain: port > 0 || (tlsPort <= 0 && firstListen(spice)?.type !== 'network'),
  tls: tlsPort > 0,
});

function channels(spice: Spice, { config }: CommandContext): readonly PairInput[] {
  return [
    connections(spice).tls && ['x509-dir', config.spiceTls.directory],
    spice.defaultMode && channel(spice, spice.defaultMode, 'default', 'spice defaultMode %s requested'),
    ...spice.channels.map(({ name, mode }) => channel(spice, mode, name, 'spice %s channels set')),
  ];
}

/** A channel that is bound to a kind of connection; the display must have one of that kind. */
function channel(spice: Spice, mode: SpiceMode, name: string, asked: string): PairInput {
  if (mode === 'any') return undefined;
  const { plain, tls } = connections(spice);
  const missing = mode === 'secure' ? !tls && 'TLS' : !plain && 'plaintext';
  if (missing)
    throw qemuError(
      'CONFIG_UNSUPPORTED',
      `${asked.replace('%s', mode)} in XML configuration, but ${missing} connection is not available`,
    );
  return [mode === 'secure' ? 'tls-channel' : 'plaintext-channel', name];
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
