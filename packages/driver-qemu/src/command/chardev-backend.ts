import type { CharSource, CharSourceOf } from '@virtkit/schema';
import type { ReadyChardev } from './chardev-request.js';
import { has, type CommandContext } from './context.js';
import type { JsonObject } from './json.js';

/** Arguments of `chardev-add`, which newer command lines take as well. */
export const chardevBackend = (request: ReadyChardev, context: CommandContext): JsonObject => ({
  id: request.id,
  backend: { type: backendType(request), data: { ...data(request, context), ...logProperties(request) } },
});

const socketTypes: Readonly<Partial<Record<CharSource['type'], string>>> = { tcp: 'socket', unix: 'socket' };

const backendType = ({ source, isParallel }: ReadyChardev): string =>
  source.type === 'dev' ? (isParallel ? 'parallel' : 'serial') : (socketTypes[source.type] ?? source.type);

function logProperties({ source, logPath }: ReadyChardev): JsonObject {
  if (!('log' in source) || !source.log) return {};
  return { logfile: logPath ?? source.log.file, logappend: logPath === undefined ? source.log.append : true };
}

function data(request: ReadyChardev, context: CommandContext): JsonObject {
  const { source } = request;
  switch (source.type) {
    case 'dev':
    case 'pipe':
      return { device: source.path };
    case 'file':
      return { out: request.filePath ?? source.path, append: request.filePath === undefined ? source.append : true };
    case 'udp':
      return udpData(source);
    case 'tcp':
    case 'unix':
      return socketData(request, source, context);
    case 'spicevmc':
      return { type: request.spiceName };
    case 'spiceport':
      return { fqdn: source.channel };
    case 'dbus':
      return { name: source.channel };
    case 'qemu-vdagent':
      return { clipboard: source.copypaste, mouse: source.mouseMode && source.mouseMode === 'client' };
    default:
      return {};
  }
}

const inet = (host: string | undefined, port: string | undefined): JsonObject => ({
  type: 'inet',
  data: { host, port },
});

function udpData(source: CharSourceOf<'udp'>): JsonObject {
  const isBound = source.bindHost !== undefined || source.bindService !== undefined;
  return {
    remote: inet(source.connectHost ?? '', source.connectService),
    local: isBound ? inet(source.bindHost ?? '', source.bindService ?? '0') : undefined,
  };
}

function socketData(
  request: ReadyChardev,
  source: CharSourceOf<'tcp'> | CharSourceOf<'unix'>,
  context: CommandContext,
): JsonObject {
  const isServer = source.mode === 'bind';
  const fd = isServer && source.type === 'unix' ? context.resources.chardevFd(request.alias) : undefined;
  return {
    addr: fd !== undefined ? { type: 'fd', data: { str: String(fd) } } : address(source),
    telnet: source.type === 'tcp' ? source.protocol === 'telnet' : undefined,
    server: isServer,
    wait: isServer ? false : undefined,
    ...(isServer ? {} : reconnect(source, context)),
    'tls-creds': request.tls,
  };
}

const address = (source: CharSourceOf<'tcp'> | CharSourceOf<'unix'>): JsonObject =>
  source.type === 'tcp' ? inet(source.host, source.service) : { type: 'unix', data: { path: source.path } };

function reconnect({ reconnect }: CharSourceOf<'tcp'> | CharSourceOf<'unix'>, context: CommandContext): JsonObject {
  if (!reconnect) return {};
  const seconds = reconnect.enabled ? (reconnect.timeout ?? 0) : 0;
  return has(context, 'chardev-reconnect-miliseconds') ? { 'reconnect-ms': seconds * 1000 } : { reconnect: seconds };
}
