import { errorsFrom, systemErrorsFrom, type VirtError } from '@virtkit/schema';

/** Errors of the storage part. */
export const storageError = errorsFrom('STORAGE');

/** A `SYSTEM_ERROR` of the storage part. */
export const systemError = systemErrorsFrom('STORAGE');

/** Options a backend does not have; `where` is libvirt's function that refuses them. */
export const unsupportedFlags = (bits: number, where: string): VirtError =>
  storageError.unsupportedFlags(`0x${bits.toString(16)}`, where);
