import { findSecret, type SecretName } from '@virtkit/core';
import type { Domain, Hostdev, StorageEncryption, StorageSource } from '@virtkit/schema';
import { type ImageHolder, imagesOf } from '../command/block/node-names.js';
import { virtError } from '../errors.js';
import { driverCall } from '../guests/driver-call.js';
import type { QemuServices } from '../guests/services.js';

/**
 * Refuses disks and devices whose secrets are not there.
 * @throws `NO_SECRET`; `OPERATION_UNSUPPORTED` where they are, for none is handed to QEMU yet
 */
export async function checkSecrets(
  { peer }: Pick<QemuServices, 'peer'>,
  { devices }: Pick<Domain, 'devices'>,
): Promise<void> {
  const wanted = [...devices.disks.flatMap(imagesOf).flatMap(secretsOf), ...devices.hostdevs.flatMap(secretOfHostdev)];
  for (const name of wanted) await findSecret(await peer('secret'), name, driverCall());
  if (wanted.length > 0) throw virtError('OPERATION_UNSUPPORTED', 'secrets of disks are not handed to QEMU yet');
}

/** Old documents have secrets beside the source. */
function secretsOf(image: ImageHolder): readonly SecretName[] {
  const { source } = image;
  const beside = 'device' in image ? image : undefined;
  const auth = source?.auth ?? beside?.auth;
  const encryption = source?.encryption ?? beside?.encryption;
  return [
    ...(auth !== undefined && source !== undefined && isAuthenticated(source) ? [auth.secret] : []),
    ...(encryption !== undefined && isLuks(encryption) ? encryption.secrets : []),
  ];
}

const isAuthenticated = (source: StorageSource): boolean => source.type === 'network';

const isLuks = ({ format }: StorageEncryption): boolean => format.startsWith('luks');

const secretOfHostdev = ({ source }: Hostdev): readonly SecretName[] =>
  source.type === 'scsi' && source.auth !== undefined ? [source.auth.secret] : [];
