import { errorsFrom } from '@virtkit/schema';

/** Errors of command line building carry the origin of the QEMU driver. */
export const qemuError = errorsFrom('QEMU');

/** Where a part of the definition that drivers share is asked for more than is known. */
export const domainError = errorsFrom('DOMAIN');

/** Errors that carry no origin. */
export const plainError = errorsFrom('NONE');
