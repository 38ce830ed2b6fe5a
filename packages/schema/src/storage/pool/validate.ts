import { storageError } from '../errors.js';
import { storageName } from '../storage-name.js';
import { poolTraits } from './pool-types.js';
import type { StoragePool } from './pool.js';

/** Refuses what no backend could work with, with libvirt's errors. Pure. */
export function validateStoragePool(pool: StoragePool): void {
  storageName('name', pool.name);
  for (const check of [checkCow, checkRbd, checkSource, checkInitiator, checkProtocol, checkTarget]) check(pool);
}

const missing = (what: string) => storageError('XML_ERROR', `missing ${what}`);

function checkSource({ type, source }: StoragePool): void {
  const parts = poolTraits(type).source;
  if (parts.includes('host') && source.host === undefined) throw missing('storage pool source host name');
  if (parts.length === 1 && parts[0] === 'device' && source.device === undefined)
    throw missing('storage pool source device name');
  if (parts.includes('dir') && (source.dir?.path ?? '') === '') throw missing('storage pool source path');
  if (parts.includes('adapter') && source.adapter === undefined) throw missing('storage pool source adapter');
}

function checkInitiator({ type, source }: StoragePool): void {
  if (type === 'iscsi-direct' && source.initiator?.iqn?.name === undefined)
    throw storageError('CONFIG_UNSUPPORTED', 'missing initiator IQN');
}

function checkProtocol({ type, source }: StoragePool): void {
  const format = source.format?.type;
  if (type !== 'netfs' || source.protocol?.ver === undefined || format === 'nfs' || format === 'auto') return;
  throw storageError('CONFIG_UNSUPPORTED', `storage pool protocol ver unsupported for pool type '${format}'`);
}

function checkRbd({ type, source }: StoragePool): void {
  if (type === 'rbd' && source.name === undefined)
    throw storageError('XML_ERROR', "element 'name' is mandatory for RBD pool");
}

function checkTarget({ type, target }: StoragePool): void {
  if (poolTraits(type).network !== true && (target?.path ?? '') === '') throw missing('storage pool target path');
}

function checkCow({ type, features }: StoragePool): void {
  if (features?.cow !== undefined && type !== 'dir' && type !== 'fs')
    throw storageError('NO_SUPPORT', "cow feature may only be used for 'fs' and 'dir' pools");
}
