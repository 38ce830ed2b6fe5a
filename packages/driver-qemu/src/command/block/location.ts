import type { NetworkStorageSource, StorageHost, StorageSource } from '@virtkit/schema';
import { pciText } from '../host-pci.js';
import type { ImageHost, ImageLocation } from './image.js';

/** Ports that a protocol has where the document names none. */
const defaultPorts: Readonly<Record<string, number>> = {
  nbd: 10809,
  http: 80,
  https: 443,
  ftp: 21,
  ftps: 990,
  tftp: 69,
  gluster: 24007,
  iscsi: 3260,
  ssh: 22,
  vxhs: 9999,
  sheepdog: 7000,
};

export interface LocationFacts {
  readonly isFloppy?: boolean;
  readonly glusterDebugLevel?: number;
  isHostCdrom?(path: string): boolean;
}

/** Whether a source names something: an empty drive doesn't. */
export function hasMedium(source: StorageSource): boolean {
  switch (source.type) {
    case 'file':
      return source.file !== undefined || source.fdgroup !== undefined;
    case 'block':
    case 'vhostvdpa':
      return source.dev !== undefined;
    case 'dir':
      return source.dir !== undefined;
    case 'network':
      return source.protocol !== 'none';
    case 'volume':
      return source.pool !== undefined;
    default:
      return true;
  }
}

/** Where a source lies. A volume has been resolved before. */
export function locationOf(source: StorageSource, facts: LocationFacts = {}): ImageLocation {
  switch (source.type) {
    case 'file':
      return { type: 'file', path: source.file ?? '' };
    case 'block':
      return { type: 'block', path: source.dev ?? '', hostCdrom: facts.isHostCdrom?.(source.dev ?? '') ?? false };
    case 'dir':
      return { type: 'dir', path: source.dir ?? '', floppy: facts.isFloppy ?? false };
    case 'nvme':
      return {
        type: 'nvme',
        device: pciText(source.address ?? {}),
        namespace: Number(source.namespace),
        managed: source.managed ?? false,
      };
    case 'vhostvdpa':
      return { type: 'vdpa', path: source.dev ?? '' };
    case 'network':
      return networkLocation(source, facts);
    default:
      return { type: 'file', path: '' };
  }
}

function networkLocation(source: NetworkStorageSource, { glusterDebugLevel }: LocationFacts): ImageLocation {
  const { protocol, identity } = source;
  return {
    type: 'network',
    protocol,
    name: source.name ?? '',
    hosts: source.hosts.map((host) => imageHost(host, protocol)),
    ...optional({
      query: source.query,
      snapshot: source.snapshot,
      debugLevel: protocol === 'gluster' ? glusterDebugLevel : undefined,
      configFile: source.config,
      initiator: source.initiator?.iqn,
      timeout: toNumber(source.timeout),
      readahead: toNumber(source.readahead),
      reconnectDelay: source.reconnect?.delay,
      sslVerify: source.sslVerify,
      tlsHostname: source.tlsHostname,
      user: identity?.user,
      group: identity?.group,
      username: identity?.username,
      keyfile: identity?.keyfile,
      knownHosts: source.knownHosts,
    }),
  };
}

const imageHost = ({ transport = 'tcp', name, port, socket }: StorageHost, protocol: string): ImageHost => ({
  transport,
  ...optional({ name, socket, port: port === undefined ? defaultPorts[protocol] : Number(port) }),
});

const toNumber = (value: number | bigint | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that are there. */
const optional = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>; // only values are dropped
