import { randomUUID } from 'node:crypto';
import { checkElement, formatElement, parsePieces, type Pieces, type Problem, whole } from '@virtkit/xml';
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
export const parseStoragePool = (text: string | Uint8Array, options: PoolParseOptions = {}): StoragePool =>
  whole(storagePoolPieces(text, options));

/** As `parseStoragePool`, in pieces. */
export const storagePoolPieces = (text: string | Uint8Array, options: PoolParseOptions = {}): Pieces<StoragePool> =>
  options.strict === true
    ? strictly('storagepool', storagePool, text, { origin: storageOrigin }, () => parsePool(text, options))
    : parsePool(text, options);

function* parsePool(text: string | Uint8Array, options: PoolParseOptions): Pieces<StoragePool> {
  const document = yield* parsePieces(storagePool, text, { origin: storageOrigin });
  const pool = completeStoragePool(document, options.freshUuid ?? randomUUID);
  validateStoragePool(pool);
  return pool;
}

/** The pool as libvirt writes it. */
export const formatStoragePool = (pool: StoragePool): string => formatElement(storagePool, pool);

/** What a strict check finds in a pool document. */
export const checkStoragePool = (text: string | Uint8Array): readonly Problem[] => checkElement(storagePool, text);
