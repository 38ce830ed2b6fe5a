import type { CharSource, CharSourceOf } from '@virtkit/schema';
import { chardevBackend } from './chardev-backend.js';
import type { ChardevRequest, ReadyChardev } from './chardev-request.js';
import { has, type CommandContext } from './context.js';
import { qemuError } from './errors.js';
import { passFds } from './fdset.js';
import { reconnectPair } from './reconnect.js';
import { option, pairs, type PairInput, type QemuOption } from './option.js';
import { jsonText } from './json.js';
import { switchPair } from './switch-text.js';
import { tlsOptions } from './tls.js';

/** `-chardev`, before it descriptors and credentials it needs. */
export function chardevOptions(request: ChardevRequest, context: CommandContext): readonly QemuOption[] {
  const { alias, source } = request;
  const file =
    source.type === 'file' ? passed(context.resources.chardevFile(alias), `${alias}-source`, context) : undefined;
  const log =
    'log' in source && source.log ? passed(context.resources.chardevLog(alias), `${alias}-log`, context) : undefined;
  const tls = source.type === 'tcp' && usesTls(source, context) ? `objchar${alias}_tls0` : undefined;
  const ready = { ...request, id: `char${alias}`, filePath: file?.path, logPath: log?.path, tls };
  return [
    ...(file?.options ?? []),
    ...(tls === undefined ? [] : tlsObjects(tls, `char${alias}`, source, context)),
    ...(log?.options ?? []),
    has(context, 'chardev.json')
      ? option('chardev', jsonText(chardevBackend(ready, context)))
      : chardevPairs(ready, context),
  ];
}

const passed = (fd: number | undefined, opaque: string, context: CommandContext) =>
  fd === undefined ? undefined : passFds([{ fd, opaque }], context.fdsets);

/** A connection is encrypted where the document or the configuration says so. */
const usesTls = ({ tls }: CharSourceOf<'tcp'>, { config }: CommandContext): boolean => tls ?? config.chardevTls.enabled;

function tlsObjects(id: string, owner: string, source: CharSource, context: CommandContext): readonly QemuOption[] {
  const { chardevTls } = context.config;
  const isServer = source.type === 'tcp' && source.mode === 'bind';
  const passwordId = chardevTls.secretUuid === undefined ? undefined : `${owner}-secret0`;
  return tlsOptions({ id, isServer, verifyPeer: chardevTls.verifyPeer, passwordId }, chardevTls, context);
}

function chardevPairs(request: ReadyChardev, context: CommandContext): QemuOption {
  const [backend, ...rest] = backendPairs(request, context);
  return pairs('chardev', backend, ['id', request.id], ...rest, ...logPairs(request));
}

function logPairs({ source, logPath }: ReadyChardev): readonly PairInput[] {
  if (!('log' in source) || !source.log) return [];
  const file = logPath ?? source.log.file;
  if (file === undefined) return [];
  const append = logPath === undefined ? source.log.append : true;
  return [['logfile', file], append !== undefined && ['logappend', append ? 'on' : 'off']];
}

/** Name of the back end, then its pairs. */
function backendPairs(request: ReadyChardev, context: CommandContext): readonly PairInput[] {
  const { source } = request;
  switch (source.type) {
    case 'dev':
      return [request.isParallel ? 'parallel' : 'serial', ['path', source.path ?? '']];
    case 'file':
      return [
        'file',
        ['path', request.filePath ?? source.path ?? ''],
        switchPair('append', request.filePath === undefined ? source.append : true),
      ];
    case 'pipe':
      return ['pipe', ['path', source.path ?? '']];
    case 'udp':
      return udpPairs(source);
    case 'tcp':
      return tcpPairs(request, source, context);
    case 'unix':
      return unixPairs(request, source, context);
    case 'spicevmc':
      return ['spicevmc', ['name', request.spiceName ?? '']];
    case 'spiceport':
    case 'dbus':
      return [source.type, ['name', source.channel ?? '']];
    case 'qemu-vdagent':
      return [
        'qemu-vdagent',
        ['name', 'vdagent'],
        switchPair('clipboard', source.copypaste),
        source.mouseMode && ['mouse', source.mouseMode === 'client' ? 'on' : 'off'],
      ];
    case 'nmdm':
      throw qemuError('CONFIG_UNSUPPORTED', `unsupported chardev '${source.type}'`);
    default:
      return [source.type];
  }
}

function udpPairs(source: CharSourceOf<'udp'>): readonly PairInput[] {
  return [
    'udp',
    ['host', source.connectHost ?? ''],
    ['port', source.connectService ?? ''],
    ['localaddr', source.bindHost ?? ''],
    ['localport', source.bindService ?? '0'],
  ];
}

function tcpPairs(request: ReadyChardev, source: CharSourceOf<'tcp'>, context: CommandContext): readonly PairInput[] {
  return [
    'socket',
    ['host', source.host ?? ''],
    ['port', source.service ?? ''],
    source.protocol === 'telnet' && ['telnet', 'on'],
    ...(source.mode === 'bind' ? serverPairs : [reconnectPair(source.reconnect, context)]),
    request.tls !== undefined && ['tls-creds', request.tls],
  ];
}

function unixPairs(request: ReadyChardev, source: CharSourceOf<'unix'>, context: CommandContext): readonly PairInput[] {
  const fd = source.mode === 'bind' ? context.resources.chardevFd(request.alias) : undefined;
  return [
    'socket',
    fd === undefined ? ['path', source.path ?? ''] : ['fd', String(fd)],
    ...(source.mode === 'bind' ? serverPairs : [reconnectPair(source.reconnect, context)]),
  ];
}

const serverPairs: readonly PairInput[] = [
  ['server', 'on'],
  ['wait', 'off'],
];
