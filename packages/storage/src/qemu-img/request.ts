import type { StorageVolume, VolumeEncryption } from '@virtkit/schema';

/** An image to be made, by what qemu-img has to know of it. */
export interface ImageRequest {
  readonly name: string;
  readonly path: string;
  /** As qemu-img calls it; `raw` with encryption becomes `luks`. */
  readonly format: string;
  /** Bytes. */
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly preallocate: boolean;
  readonly backing?: { readonly path: string; readonly format: string };
  readonly compat?: string;
  readonly clusterSize?: bigint;
  readonly features?: readonly string[];
  readonly nocow: boolean;
  readonly encryption?: Encrypted;
}
/** An image that is read. */
export interface ImageInput {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly encrypted?: { readonly secretFile: string };
}
export interface Encrypted {
  readonly description: VolumeEncryption;
  /** Where qemu-img finds the passphrase. */
  readonly secretFile: string;
}

/** Formats that say nothing about the bytes inside. */
const bytesOnly: readonly (string | undefined)[] = [undefined, 'none', 'iso'];
export const dataFormat = (format: string | undefined): string =>
  format === undefined || bytesOnly.includes(format) ? 'raw' : format;

export interface RequestOptions {
  readonly preallocate?: boolean;
  readonly secretFile?: string;
  /** Where it is to be written; default: the volume's own path. */
  readonly path?: string;
}

/** A volume as a request. */
export function imageRequest(volume: StorageVolume, options: RequestOptions = {}): ImageRequest {
  const { target, backingStore } = volume;
  const { encryption, compat, clusterSize, features } = target;
  const backing = backingStore?.path;
  return {
    name: volume.name,
    path: options.path ?? target.path ?? '',
    format: target.format?.type ?? 'raw',
    capacity: volume.capacity,
    allocation: volume.allocation,
    preallocate: options.preallocate === true,
    nocow: target.nocow === true,
    ...(backing === undefined ? {} : { backing: { path: backing, format: dataFormat(backingStore?.format?.type) } }),
    ...(compat === undefined ? {} : { compat }),
    ...(clusterSize === undefined ? {} : { clusterSize }),
    ...(features === undefined ? {} : { features }),
    ...(encryption === undefined
      ? {}
      : { encryption: { description: encryption, secretFile: options.secretFile ?? '' } }),
  };
}

/** A volume as something to read from. */
export function imageInput(volume: StorageVolume, secretFile?: string): ImageInput {
  const { target } = volume;
  return {
    name: volume.name,
    path: target.path ?? '',
    format: dataFormat(target.format?.type),
    ...(target.encryption === undefined ? {} : { encrypted: { secretFile: secretFile ?? '' } }),
  };
}
