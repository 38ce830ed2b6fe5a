import type { Graphics } from '@virtkit/schema';
import { audiodevOf } from './audiodev-of.js';
import type { CommandContext } from './context.js';
import { firstListen, listenAddress, socketPath } from './graphics-listen.js';
import { qemuError } from './errors.js';
import { keymapOptions } from './keymap.js';
import { pairs, type PairInput, type QemuOption } from './option.js';
import { switchPair } from './switch-text.js';
import { tlsOptions } from './tls.js';

type Vnc = Extract<Graphics, { type: 'vnc' }>;

const firstPort = 5900;
const lastPort = 65_535;

/** `-vnc`, before it its certificates, after it its keyboard layout. */
export function vncOptions(vnc: Vnc, context: CommandContext): readonly QemuOption[] {
  const { vncTls, vncSasl } = context.config;
  const credentials = 'vnc-tls-creds0';
  const audiodev = audiodevOf(vnc.audio, context.domain);
  return [
    ...(vncTls.enabled ? tlsOptions(tlsRequest(context, credentials), vncTls, context) : []),
    pairs(
      'vnc',
      place(vnc, context),
      vnc.websocket !== undefined && ['websocket', String(vnc.websocket)],
      vnc.sharePolicy && ['share', vnc.sharePolicy],
      hasPassword(vnc, context) && ['password', 'on'],
      vncTls.enabled && ['tls-creds', credentials],
      vncSasl.enabled && ['sasl', 'on'],
      switchPair('power-control', vnc.powerControl),
      audiodev !== undefined && ['audiodev', audiodev],
    ),
    ...keymapOptions(vnc.keymap),
  ];
}

const tlsRequest = ({ config }: CommandContext, id: string) => ({
  id,
  isServer: true,
  verifyPeer: config.vncTls.verifyPeer,
  passwordId: config.vncTls.secretUuid && `${id}-secret0`,
});

function place(vnc: Vnc, context: CommandContext): PairInput {
  const listen = firstListen(vnc);
  if (listen?.type === 'socket') return ['vnc', `unix:${socketPath(listen, 'vnc', context)}`];
  if (listen?.type === 'none') return 'none';
  const address = listenAddress(listen) ?? '';
  checkPort(vnc.port ?? 0);
  return `${address.includes(':') ? `[${address}]` : address}:${(vnc.port ?? firstPort) - firstPort}`;
}

function checkPort(port: number): void {
  if (port < firstPort || port > lastPort)
    throw qemuError('CONFIG_UNSUPPORTED', `vnc port must be in range [${firstPort},${lastPort}]`);
}

const hasPassword = (vnc: Vnc, { config }: CommandContext): boolean =>
  vnc.passwd !== undefined || config.vncPassword !== undefined;
