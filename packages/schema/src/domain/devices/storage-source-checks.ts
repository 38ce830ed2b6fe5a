import { errorsFrom } from '../../errors/virt-error.js';
import { storagePorts } from './storage-protocols.js';
import type { NetworkStorageSource, StorageHost, StorageSource } from './storage-source.js';

const domainError = errorsFrom('DOMAIN');
const virtError = errorsFrom('NONE');

/** What a source must say beyond single values; completes what its words imply. */
export function checkStorageSource(source: StorageSource): void {
  switch (source.type) {
    case 'network':
      return checkNetwork(source);
    case 'volume':
      if ((source.pool === undefined) !== (source.volume === undefined)) {
        throw domainError('XML_ERROR', "'pool' and 'volume' must be specified together for 'pool' type source");
      }
      return;
    case 'nvme':
      if (source.address === undefined) throw domainError('XML_ERROR', 'NVMe disk source is missing address');
      return;
    default:
      return;
  }
}

function checkNetwork(source: NetworkStorageSource): void {
  const { protocol, name } = source;
  if (protocol === 'sheepdog') {
    throw domainError('CONFIG_UNSUPPORTED', "'sheepdog' protocol is no longer supported by any hypervisor driver");
  }
  if (name === undefined && protocol !== 'nbd') throw domainError('XML_ERROR', 'missing name for disk source');
  if (protocol === 'gluster' && !/.\/./.test(name ?? '')) {
    throw domainError('XML_ERROR', `can't split path '${name ?? ''}' into pool name and image name`);
  }
  for (const host of source.hosts) checkHost(host);
  completePorts(source);
}

/** A target without number means its first unit. */
export function completeUnit(source: StorageSource): void {
  if (source.type !== 'network' || source.protocol !== 'iscsi') return;
  if (source.name !== undefined && !source.name.includes('/')) source.name = `${source.name}/0`;
}

function checkHost(host: StorageHost): void {
  if (host.transport === 'unix') {
    if (host.socket === undefined) throw domainError('XML_ERROR', 'missing socket for unix transport');
    return;
  }
  if (host.socket !== undefined) {
    throw domainError('XML_ERROR', `transport '${host.transport ?? 'tcp'}' does not support socket attribute`);
  }
  if (host.name === undefined) throw domainError('XML_ERROR', 'missing name for host');
  if (host.port !== undefined && !isPort(host.port))
    throw virtError('INVALID_ARG', `failed to parse port number '${host.port}'`);
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

function completePorts({ protocol, hosts }: NetworkStorageSource): void {
  const port = storagePorts[protocol];
  if (port === undefined) return;
  for (const host of hosts) if (host.transport !== 'unix') host.port ??= port;
}
