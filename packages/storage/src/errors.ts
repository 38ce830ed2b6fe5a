import { errorsFrom, systemErrorsFrom } from '@virtkit/schema';

/** Errors of the storage part. */
export const storageError = errorsFrom('STORAGE');

/** A `SYSTEM_ERROR` of the storage part. */
export const systemError = systemErrorsFrom('STORAGE');
