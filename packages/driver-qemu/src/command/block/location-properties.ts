import { qemuError } from '../errors.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { Image, ImageHost, NetworkLocation } from './image.js';
import { uriText } from './location-uri.js';

/** Properties that say where an image lies, beginning with QEMU's protocol driver. */
export function locationProperties(image: Image): JsonObject {
  const { location, aio } = image;
  switch (location.type) {
    case 'file':
      return { driver: 'file', filename: location.path, aio };
    case 'block':
      return {
        driver: location.hostCdrom ? 'host_cdrom' : 'host_device',
        filename: location.path,
        aio,
        'pr-manager': image.secrets.reservations,
      };
    case 'dir':
      return { driver: 'vvfat', dir: location.path, floppy: location.floppy, rw: false };
    case 'nvme':
      return { driver: 'nvme', device: location.device, namespace: location.namespace };
    case 'vdpa':
      return { driver: 'virtio-blk-vhost-vdpa', path: location.path };
    case 'network':
      return networkProperties(location, image);
  }
}

type Protocol = (location: NetworkLocation, image: Image) => JsonObject;

const protocols: Readonly<Record<string, Protocol>> = {
  gluster: (location) => {
    const [volume = '', ...path] = location.name.split('/');
    return {
      driver: 'gluster',
      volume,
      path: path.join('/'),
      server: location.hosts.map((host) => server(host, 'inet')),
      debug: location.debugLevel,
    };
  },
  vxhs: (location, { secrets }) => ({
    driver: 'vxhs',
    'tls-creds': secrets.tls,
    'vdisk-id': location.name,
    server: location.hosts[0] && address(location.hosts[0]),
  }),
  http: (location, image) => curl(location, image),
  https: (location, image) => curl(location, image),
  ftp: (location, image) => curl(location, image),
  ftps: (location, image) => curl(location, image),
  tftp: (location, image) => curl(location, image),
  iscsi: (location, image) => iscsi(location, image),
  nbd: (location, { secrets }) => ({
    driver: 'nbd',
    server: location.hosts[0] && server(location.hosts[0], 'inet'),
    export: location.name || undefined,
    'tls-creds': secrets.tls,
    'tls-hostname': location.tlsHostname,
    'reconnect-delay': location.reconnectDelay,
  }),
  rbd: (location, image) => rbd(location, image),
  ssh: (location) => ssh(location),
  nfs: (location) => ({
    driver: 'nfs',
    server: { host: location.hosts[0]?.name, type: 'inet' },
    path: location.name.startsWith('/') ? location.name : `/${location.name}`,
    user: numeric(location.user),
    group: numeric(location.group),
  }),
};

function networkProperties(location: NetworkLocation, image: Image): JsonObject {
  const build = protocols[location.protocol];
  return build ? build(location, image) : { driver: location.protocol };
}

function curl(location: NetworkLocation, { secrets }: Image): JsonObject {
  return {
    driver: location.protocol,
    url: uriText(location),
    username: secrets.auth?.username,
    'password-secret': secrets.auth?.id,
    sslverify: location.sslVerify,
    'cookie-secret': secrets.cookie,
    timeout: location.timeout,
    readahead: location.readahead,
  };
}

function iscsi(location: NetworkLocation, { secrets }: Image): JsonObject {
  if (location.hosts.length !== 1) throw qemuError('INTERNAL_ERROR', 'iSCSI protocol accepts only one host');
  const [target = '', lun] = location.name.split('/');
  const host = location.hosts[0];
  const name = host?.name?.includes(':') ? `[${host.name}]` : (host?.name ?? '');
  return {
    driver: 'iscsi',
    portal: `${name}:${host?.port ?? 3260}`,
    target,
    lun: lun ? Number(lun) : 0,
    transport: 'tcp',
    user: secrets.auth?.username,
    'password-secret': secrets.auth?.id,
    'initiator-name': location.initiator,
  };
}

function rbd(location: NetworkLocation, { secrets, encryption }: Image): JsonObject {
  const slash = location.name.indexOf('/');
  const { auth } = secrets;
  return {
    driver: 'rbd',
    pool: slash < 0 ? location.name : location.name.slice(0, slash),
    image: slash < 0 ? undefined : location.name.slice(slash + 1),
    snapshot: location.snapshot,
    conf: location.configFile,
    server: location.hosts.length > 0 ? location.hosts.map(plainAddress) : undefined,
    encrypt: encryption?.engine === 'librbd' ? rbdEncryption(encryption.format, secrets.encryption ?? []) : undefined,
    ...(auth && { user: auth.username, 'auth-client-required': ['cephx', 'none'], 'key-secret': auth.id }),
  };
}

/** Layered encryption: the innermost key belongs to the deepest parent. */
function rbdEncryption(format: string, keys: readonly string[]): JsonValue {
  return keys.reduceRight<JsonValue>(
    (parent, key) => ({ format, 'key-secret': key, ...(parent ? { parent } : {}) }),
    undefined,
  );
}

function ssh(location: NetworkLocation): JsonObject {
  return {
    driver: 'ssh',
    path: location.name,
    server: location.hosts[0] && plainAddress(location.hosts[0]),
    user: location.username,
  };
}

/** A server as QEMU's SocketAddress. */
function server(host: ImageHost, inet: 'inet' | 'tcp'): JsonObject {
  if (host.transport === 'unix') return { type: 'unix', path: host.socket };
  return { type: inet, host: host.name, port: portText(host) };
}

const address = (host: ImageHost): JsonObject => server(host, 'tcp');

const plainAddress = (host: ImageHost): JsonObject => ({ host: host.name, port: portText(host) });

/** Clients take 0 for the port their protocol has. */
const portText = ({ port = 0 }: ImageHost): string => String(port);

/** A numeric id of the document is written with a leading `+`; names were resolved before. */
const numeric = (id: string | undefined): number | undefined =>
  id === undefined ? undefined : Number(id.startsWith('+') ? id.slice(1) : id);
