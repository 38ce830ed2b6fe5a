import { randomUUID } from 'node:crypto';
import { checkElement, formatElement, parseElement, type Problem } from '@virtkit/xml';
import { completeStoragePool } from './complete.js';
import { type StoragePool, storagePool } from './pool.js';
import { strictly } from '../strict.js';
import { validateStoragePool } from './validate.js';

export interface PoolParseOptions {
  /** Used where the document has no uuid; a random one by default. */
  readonly freshUuid?: () => string;
  /** Refuse what a schema would refuse. */
  readonly strict?: boolean;
}

const storageOrigin = 18;

/**
 * A pool document, completed and validated. Throws libvirt's errors.
 * @libvirt virStoragePoolDefineXML
 */
export function parseStoragePool(text: string | Uint8Array, options: PoolParseOptions = {}): StoragePool {
  const parse = (): StoragePool => parsePool(text, options);
  return options.strict === true
    ? strictly('storagepool', storagePool, text, { origin: storageOrigin }, parse)
    : parse();
}

function parsePool(text: string | Uint8Array, options: PoolParseOptions): StoragePool {
  const document = parseElement(storagePool, text, { origin: storageOrigin });
  const pool = completeStoragePool(document, options.freshUuid ?? randomUUID);
  validateStoragePool(pool);
  return pool;
}

/** The pool as libvirt writes it. */
export const formatStoragePool = (pool: StoragePool): string => formatElement(storagePool, pool);

/** What a strict check finds in a pool document. */
export const checkStoragePool = (text: string | Uint8Array): readonly Problem[] => checkElement(storagePool, text);
