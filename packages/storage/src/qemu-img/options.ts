import type { VolumeEncryption } from '@virtkit/schema';
import { storageError } from '../errors.js';
import type { ImageRequest } from './request.js';

/** The secret object of an image, by the image's name. */
export const secretId = (name: string): string => `${name}_encrypt0`;

/** The value of `-o`: what the format is to look like; empty when there is nothing to say. */
export function formatOptions(image: ImageRequest): string {
  const options = [
    image.backing === undefined ? undefined : `backing_fmt=${image.backing.format}`,
    ...encryptionOptions(image),
    image.preallocate ? `preallocation=${image.capacity > image.allocation ? 'metadata' : 'falloc'}` : undefined,
    image.nocow ? 'nocow=on' : undefined,
    ...qcow2Options(image),
  ];
  return options.filter((option) => option !== undefined).join(',');
}

function qcow2Options(image: ImageRequest): readonly (string | undefined)[] {
  const cluster = (image.clusterSize ?? 0n) === 0n ? undefined : `cluster_size=${image.clusterSize}`;
  if (image.format !== 'qcow2') return [cluster];
  const { compat = '1.1', features = [] } = image;
  const lazy = features.includes('lazy_refcounts');
  if (compat === '0.10') refuseFeatures(features);
  return [
    `compat=${compat}`,
    cluster,
    lazy ? 'lazy_refcounts' : undefined,
    features.includes('extended_l2') ? 'extended_l2=on' : undefined,
  ];
}

/** The old version of the format has none. */
function refuseFeatures(features: readonly string[]): void {
  if (features.includes('lazy_refcounts'))
    throw storageError('CONFIG_UNSUPPORTED', 'lazy_refcounts not supported with compat level 0.10');
  if (features.includes('extended_l2'))
    throw storageError('CONFIG_UNSUPPORTED', "'extended_l2' not supported with compat level 0.10");
}

function encryptionOptions({ name, format, encryption }: ImageRequest): readonly (string | undefined)[] {
  if (encryption === undefined) return [];
  const prefix = format === 'qcow2' ? 'encrypt.' : '';
  return [
    format === 'qcow2' ? 'encrypt.format=luks' : undefined,
    `${prefix}key-secret=${secretId(name)}`,
    ...cipherOptions(encryption.description).map((option) => `${prefix}${option}`),
  ];
}

function cipherOptions({ cipher, ivgen }: VolumeEncryption): readonly string[] {
  if (cipher === undefined) return [];
  const options: readonly (readonly [string, string | undefined])[] = [
    ['cipher-alg', `${cipher.name}-${cipher.size}`],
    ['cipher-mode', cipher.mode],
    ['hash-alg', cipher.hash],
    ['ivgen-alg', ivgen?.name],
    ['ivgen-hash-alg', ivgen?.hash],
  ];
  return options.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
}
