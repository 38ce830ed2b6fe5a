import { errorsFrom } from '@virtkit/schema';

/** Errors of this driver, in libvirt's words. */
export const virtError = errorsFrom('QEMU');
