import { errorsFrom, systemErrorsFrom } from '@virtkit/schema';

/** Errors of the host itself; libvirt reports these without an origin domain. */
export const hostError = errorsFrom('NONE');

/** A `SYSTEM_ERROR` of the host itself. */
export const systemError = systemErrorsFrom('NONE');
