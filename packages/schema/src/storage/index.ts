export {
  checkStoragePool,
  formatStoragePool,
  parseStoragePool,
  storagePoolPieces,
  type PoolParseOptions,
} from './pool/document.js';
export { type PoolTarget, type StoragePool, type StoragePoolDocument, storagePool } from './pool/pool.js';
export { type PoolTypeTraits, poolTraits, poolTypeNames, type StoragePoolType } from './pool/pool-types.js';
export type { PoolDevice, PoolHost, PoolSource } from './pool/source.js';
export type { StorageAuth } from './pool/auth.js';
export type { StorageAdapter } from './pool/adapter.js';
export { formatPoolCapabilities } from './pool/capabilities.js';
export type { StoragePermissions } from './permissions.js';
export { sanitizedPath } from './sanitized-path.js';
export { storageName } from './storage-name.js';
export {
  checkStorageVolume,
  formatStorageVolume,
  parseStorageVolume,
  storageVolumePieces,
  type VolumeParseOptions,
} from './volume/document.js';
export {
  type StorageVolume,
  type StorageVolumeDocument,
  type StorageVolumeType,
  storageVolume,
  type VolumeBackingStore,
  type VolumeFeature,
  volumeFeatures,
  type VolumeTarget,
  volumeTypes,
} from './volume/volume.js';
export type { EncryptionCipher, EncryptionIvgen, EncryptionSecret, VolumeEncryption } from './volume/encryption.js';
export type { VolumeTimestamps } from './volume/timestamps.js';
export { type VolumeFormat, volumeFormats } from './volume/volume-formats.js';
