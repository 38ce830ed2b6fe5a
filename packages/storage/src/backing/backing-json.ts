import type { NetworkStorageSource, StorageHost, StorageSource } from '@virtkit/schema';
import { parseBackingUri } from './backing-uri.js';
import { parseBackingWords } from './backing-words.js';
import { badBacking } from './errors.js';
import { isRecord, type JsonRecord, nested, textOf } from './json-tree.js';
import { networkSource } from './network-source.js';

const deepest = 16;

/** `json:{…}`: a description of nodes as QEMU takes it, old and new ways of writing. */
export function parseBackingJson(text: string): StorageSource {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badBacking(`failed to parse json: '${text}'`, cause);
  }
  if (!isRecord(value)) throw badBacking(`failed to parse json: '${text}'`);
  return sourceOf(nested(value), text, deepest);
}

function sourceOf(node: JsonRecord, text: string, depth: number): StorageSource {
  const { driver, file } = node;
  if (depth === 0) throw badBacking(`JSON backing volume definition '${text}' is nested too deep`);
  if (isRecord(file)) return sliced(node, sourceOf(file, text, depth - 1));
  const read = typeof driver === 'string' ? readers[driver] : undefined;
  if (typeof driver !== 'string') throw badBacking(`JSON backing volume definition '${text}' must have driver name`);
  if (read === undefined) throw badBacking(`missing parser implementation for JSON backing volume driver '${driver}'`);
  return read(node);
}

/** A raw node may show a part of what is below. */
function sliced(node: JsonRecord, source: StorageSource): StorageSource {
  const { driver, offset, size } = node;
  if (driver !== 'raw' || typeof size !== 'number') return source;
  return { ...source, slices: [{ type: 'storage', offset: typeof offset === 'number' ? offset : 0, size }] };
}

const required = (node: JsonRecord, key: string): string => {
  const value = textOf(node[key]);
  if (value !== undefined) return value;
  throw badBacking(`missing '${key}' field in JSON backing volume definition`);
};

type Reader = (node: JsonRecord) => StorageSource;
const block: Reader = (node) => ({ type: 'block', dev: required(node, 'filename'), seclabels: [] });
const readers: Readonly<Record<string, Reader>> = {
  file: (node) => ({ type: 'file', file: required(node, 'filename'), seclabels: [] }),
  host_device: block,
  host_cdrom: block,
  http: web,
  https: web,
  ftp: web,
  ftps: web,
  tftp: web,
  gluster,
  iscsi,
  nbd,
  sheepdog,
  ssh,
  rbd,
  nfs,
  vxhs,
  nvme,
};

function web(node: JsonRecord): StorageSource {
  const source = parseBackingUri(textOf(node['uri']) ?? required(node, 'url')) as NetworkStorageSource; // an uri is of a network
  const cookies = textOf(node['cookie']);
  const verify = node['sslverify'];
  return {
    ...source,
    ...(verify === undefined ? {} : { sslVerify: verify === true || verify === 'on' }),
    ...(cookies === undefined ? {} : { cookies: cookies.split(/; */).map(readCookie) }),
    ...(typeof node['readahead'] === 'number' ? { readahead: node['readahead'] } : {}),
    ...(typeof node['timeout'] === 'number' ? { timeout: node['timeout'] } : {}),
  };
}

function readCookie(text: string): { name: string; value: string } {
  const equals = text.indexOf('=');
  if (equals < 0) throw badBacking(`malformed http cookie '${text}'`);
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

/** One server, as the newer descriptions write it. */
function server(value: unknown): StorageHost {
  if (!isRecord(value)) throw badBacking('missing server in JSON backing volume definition');
  const socket = textOf(value['socket']) ?? textOf(value['path']);
  if (value['type'] === 'unix') {
    if (socket === undefined) throw badBacking('missing socket path for udp backing server');
    return { transport: 'unix', socket };
  }
  const name = textOf(value['host']);
  const port = textOf(value['port']);
  if (name === undefined) throw badBacking('missing hostname for backing server');
  return { name, ...(port === undefined ? {} : { port }) };
}
const servers = (value: unknown): readonly StorageHost[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(server) : [server(value)];
};

function gluster(node: JsonRecord): StorageSource {
  const uri = textOf(node['filename']) ?? textOf(node['uri']);
  if (uri !== undefined) return parseBackingUri(uri);
  const hosts = servers(node['server']);
  if (hosts.length === 0)
    throw badBacking('at least 1 server is necessary in JSON backing definition for gluster volume');
  return networkSource('gluster', hosts, {
    name: `${required(node, 'volume')}/${required(node, 'path').replace(/^\//, '')}`,
  });
}

function iscsi(node: JsonRecord): StorageSource {
  const uri = textOf(node['filename']) ?? textOf(node['uri']);
  if (uri !== undefined) return parseBackingUri(uri);
  const transport = required(node, 'transport');
  if (transport !== 'tcp') throw badBacking(`only TCP transport is supported for iSCSI volumes`);
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(required(node, 'portal')) ?? [];
  return networkSource('iscsi', [{ name: host, ...(port === undefined ? {} : { port }) }], {
    name: `${required(node, 'target')}/${textOf(node['lun']) ?? '0'}`,
  });
}

function nbd(node: JsonRecord): StorageSource {
  const path = textOf(node['path']);
  const host = textOf(node['host']);
  const port = textOf(node['port']);
  const name = textOf(node['export']);
  const uri = textOf(node['uri']);
  if (uri !== undefined) return parseBackingUri(uri);
  const hosts =
    path !== undefined
      ? [{ transport: 'unix' as const, socket: path }]
      : host !== undefined
        ? [{ name: host, ...(port === undefined ? {} : { port }) }]
        : servers(node['server']);
  if (hosts.length === 0)
    throw badBacking('missing host specification of NBD server in JSON backing volume definition');
  return networkSource('nbd', hosts, name === undefined ? {} : { name });
}

function sheepdog(node: JsonRecord): StorageSource {
  const filename = textOf(node['filename']);
  if (filename !== undefined) return filename.includes('://') ? parseBackingUri(filename) : parseBackingWords(filename);
  return networkSource('sheepdog', servers(node['server']), { name: required(node, 'vdi') });
}

function ssh(node: JsonRecord): StorageSource {
  const host = textOf(node['host']);
  const port = textOf(node['port']);
  const hosts =
    host === undefined ? servers(node['server']) : [{ name: host, ...(port === undefined ? {} : { port }) }];
  if (hosts.length === 0) throw badBacking('missing host/server or path of SSH JSON backing volume definition');
  return networkSource('ssh', hosts, { name: required(node, 'path') });
}

function rbd(node: JsonRecord): StorageSource {
  const filename = textOf(node['filename']);
  if (filename !== undefined) return parseBackingWords(filename);
  const conf = textOf(node['conf']);
  const snapshot = textOf(node['snapshot']);
  const inner = textOf(node['namespace']);
  const name = [required(node, 'pool'), ...(inner === undefined ? [] : [inner]), required(node, 'image')].join('/');
  return networkSource('rbd', servers(node['server']), {
    name,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(conf === undefined ? {} : { config: conf }),
  });
}

function nfs(node: JsonRecord): StorageSource {
  const user = textOf(node['user']);
  const group = textOf(node['group']);
  const identity = {
    ...(user === undefined ? {} : { user: `+${user}` }),
    ...(group === undefined ? {} : { group: `+${group}` }),
  };
  return networkSource('nfs', servers(node['server']), {
    name: required(node, 'path'),
    ...(Object.keys(identity).length === 0 ? {} : { identity }),
  });
}

function vxhs(node: JsonRecord): StorageSource {
  return networkSource('vxhs', servers(node['server']), { name: required(node, 'vdisk-id') });
}

function nvme(node: JsonRecord): StorageSource {
  const match = /^([0-9a-f]{1,4}):([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i.exec(required(node, 'device'));
  if (match === null) throw badBacking(`malformed PCI address of an NVMe disk`);
  const [domain = 0, bus = 0, slot = 0, fn = 0] = match.slice(1).map((digits) => Number.parseInt(digits, 16));
  const namespace = Number(required(node, 'namespace'));
  return { type: 'nvme', namespace, address: { domain, bus, slot, function: fn }, seclabels: [] };
}
