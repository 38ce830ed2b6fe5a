import { checkElement, formatElement, parsePieces, type Pieces, type Problem, whole } from '@virtkit/xml';
import { storageError } from '../errors.js';
import { strictly } from '../strict.js';
import { poolTraits, type StoragePoolType } from '../pool/pool-types.js';
import { type StorageVolume, type StorageVolumeDocument, storageVolume } from './volume.js';

export interface VolumeParseOptions {
  /** The document may leave out its size (a clone takes it from its source). */
  readonly sizeOptional?: boolean;
  /** Refuse what a schema would refuse. */
  readonly strict?: boolean;
}

const storageOrigin = 18;

/**
 * A volume document for a pool of this type, completed and validated. Throws libvirt's errors.
 * @libvirt virStorageVolCreateXML
 */
export const parseStorageVolume = (
  text: string | Uint8Array,
  poolType: StoragePoolType,
  options: VolumeParseOptions = {},
): StorageVolume => whole(storageVolumePieces(text, poolType, options));

/** As `parseStorageVolume`, in pieces. */
export function storageVolumePieces(
  text: string | Uint8Array,
  poolType: StoragePoolType,
  options: VolumeParseOptions = {},
): Pieces<StorageVolume> {
  const parse = (): Pieces<StorageVolume> => parseVolume(text, poolType, options);
  return options.strict === true
    ? strictly('storagevol', storageVolume, text, { origin: storageOrigin }, parse)
    : parse();
}

function* parseVolume(
  text: string | Uint8Array,
  poolType: StoragePoolType,
  options: VolumeParseOptions,
): Pieces<StorageVolume> {
  const document = yield* parsePieces(storageVolume, text, { origin: storageOrigin });
  if (options.strict === true && document.target === undefined)
    throw storageError('XML_ERROR', 'Expecting an element target, got nothing');
  return completeStorageVolume(document, poolType, options);
}

/** The volume as libvirt writes it. */
export const formatStorageVolume = (volume: StorageVolume): string => formatElement(storageVolume, volume);

/** What a strict check finds in a volume document. */
export const checkStorageVolume = (text: string | Uint8Array): readonly Problem[] => checkElement(storageVolume, text);

function completeStorageVolume(
  document: StorageVolumeDocument,
  poolType: StoragePoolType,
  options: VolumeParseOptions,
): StorageVolume {
  if (document.name === undefined) throw storageError('XML_ERROR', 'missing volume name element');
  const target = (document.target ??= {});
  if (document.backingStore?.path === undefined) delete document.backingStore;
  if (document.capacity === undefined && options.sizeOptional !== true && document.backingStore === undefined)
    throw storageError('XML_ERROR', 'missing capacity element');
  document.capacity ??= 0n;
  document.allocation ??= document.capacity;
  completeFormats(document, poolType);
  if (target.features !== undefined) target.compat ??= '1.1';
  if (target.clusterSize === 0n) delete target.clusterSize;
  return document as StorageVolume; // all that is required was set or refused above
}

function completeFormats({ target, backingStore }: StorageVolumeDocument, poolType: StoragePoolType): void {
  const { volumeFormats } = poolTraits(poolType);
  if (volumeFormats === undefined || volumeFormats.known.length === 0) {
    delete target?.format;
    delete backingStore?.format;
    return;
  }
  const ofFiles = poolType !== 'disk';
  const accept = (type: string): { type: string } => {
    if (!volumeFormats.known.includes(type) || (ofFiles && type === 'none'))
      throw storageError('CONFIG_UNSUPPORTED', `unknown volume format type ${type}`);
    return { type };
  };
  if (target !== undefined) target.format = accept(target.format?.type ?? volumeFormats.default);
  if (backingStore !== undefined) backingStore.format = accept(backingStore.format?.type ?? volumeFormats.default);
}
