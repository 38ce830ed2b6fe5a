import { errorsFrom } from '@virtkit/schema';

/** Errors of this driver. */
export const esxError = errorsFrom('ESX');
