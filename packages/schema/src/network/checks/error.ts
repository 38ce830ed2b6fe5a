import type { ErrorName } from '../../errors/error-numbers.js';
import { networkError } from '../errors.js';

/** Throws what libvirt says of a document; most of it is an XML error. */
export function refuse(text: string, is: ErrorName = 'XML_ERROR'): never {
  throw networkError(is, text);
}

/** As `refuse`, for what libvirt calls an unsupported configuration. */
export const unsupported = (text: string): never => refuse(text, 'CONFIG_UNSUPPORTED');
