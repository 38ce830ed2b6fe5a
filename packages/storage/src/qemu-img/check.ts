import { storageError } from '../errors.js';
import { dataFormat, type ImageRequest } from './request.js';

const unsupported = (detail: string) => storageError('CONFIG_UNSUPPORTED', detail);

/** Refuses combinations qemu-img cannot make, with libvirt's words. */
export function checkRequest(image: ImageRequest): void {
  const qcow2 = image.format === 'qcow2';
  if (image.preallocate && !qcow2) throw unsupported('metadata preallocation only available with qcow2');
  if (image.compat !== undefined && !qcow2) throw unsupported('compatibility option only available with qcow2');
  if (image.preallocate && image.backing !== undefined)
    throw unsupported('metadata preallocation conflicts with backing store');
  if (image.encryption !== undefined) checkEncryption(image);
}

function checkEncryption(image: ImageRequest): void {
  const format = dataFormat(image.format);
  if (format !== 'raw' && format !== 'qcow2') throw unsupported(`volume encryption unsupported with format ${format}`);
  const { format: cipher, secret } = image.encryption?.description ?? { format: 'luks', secret: [] };
  if (cipher !== 'luks') throw unsupported(`unsupported volume encryption type ${cipher}`);
  if (secret.length !== 1)
    throw storageError(
      'INVALID_ARG',
      "A single <secret type='passphrase'...> element is expected in encryption description",
    );
}
