import { sanitizedPath } from '../sanitized-path.js';
import { storageError } from '../errors.js';
import { poolTraits } from './pool-types.js';
import type { StoragePool, StoragePoolDocument } from './pool.js';

/**
 * Fills in what a document may leave out: name from the source and back, uuid, paths. Changes the document in place.
 * Throws where what is needed cannot be known.
 */
export function completeStoragePool(document: StoragePoolDocument, freshUuid: () => string): StoragePool {
  const traits = poolTraits(document.type);
  const source = (document.source ??= {});
  const name = document.name ?? (traits.source.includes('name') ? source.name : undefined);
  if (name === undefined) throw storageError('XML_ERROR', 'missing pool source name element');
  document.name = name;
  if (traits.source.includes('name') && document.type !== 'rbd') source.name ??= name;
  document.uuid ??= freshUuid();
  completeSource(document);
  completeTarget(document);
  if (document.features?.cow?.state === undefined) delete document.features;
  return document as StoragePool; // name, uuid and source were set above
}

function completeSource(document: StoragePoolDocument): void {
  const source = document.source ?? {};
  if (document.type === 'gluster') source.dir ??= { path: '/' };
  if (source.dir?.path !== undefined) source.dir.path = sanitizedPath(source.dir.path);
}

function completeTarget(document: StoragePoolDocument): void {
  const { network, targetBelow } = poolTraits(document.type);
  if (network === true) {
    delete document.target;
    return;
  }
  const target = (document.target ??= {});
  if (targetBelow !== undefined) target.path = `${targetBelow}${document.source?.name ?? ''}`;
  else if (target.path !== undefined) target.path = sanitizedPath(target.path);
}
