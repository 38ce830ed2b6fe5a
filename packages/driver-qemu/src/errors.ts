import { errorsFrom, type VirtError } from '@virtkit/schema';

/** Errors of this driver, in libvirt's words. */
export const virtError = errorsFrom('QEMU');

const domainError = errorsFrom('DOMAIN');

/** A guest that is off was asked for something only a running one has. */
export const notRunning = (): VirtError => domainError('OPERATION_INVALID', 'domain is not running');
