import { errorsFrom } from '../errors/virt-error.js';

/** Errors of storage documents. */
export const storageError = errorsFrom('STORAGE');
/** Errors of code that libvirt shares between all parts and that names no part. */
export const commonError = errorsFrom('NONE');

/** `malformed …`, `missing …`: an XML error (27) of the storage part. */
export const storageXmlError = (detail: string) => () => storageError('XML_ERROR', detail);
