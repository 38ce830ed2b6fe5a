import type { Failures } from '@virtkit/xml';
import type { ErrorName } from '../errors/error-numbers.js';
import { errorsFrom } from '../errors/virt-error.js';

const domainError = errorsFrom('DOMAIN');

/** Errors of a row by their text; `$` stands for the refused value. */
export function refuse(is: ErrorName, text: string): Failures {
  return {
    invalid: (value) =>
      domainError(
        is,
        text.replace('$', () => value),
      ),
  };
}

/** An unknown word that libvirt calls an unsupported configuration. */
export const unsupported = (text: string): Failures => refuse('CONFIG_UNSUPPORTED', text);

/** Makes an error when asked. */
const missingError = (is: ErrorName, text?: string) => (): Error => domainError(is, text);

/** The error where a required row isn't there. */
export const missing = (is: ErrorName, text?: string): Failures => ({ missing: missingError(is, text) });
