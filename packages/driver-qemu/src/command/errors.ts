import { errorsFrom } from '@virtkit/schema';

/** Errors of command line building carry the origin of the QEMU driver. */
export const qemuError = errorsFrom('QEMU');
