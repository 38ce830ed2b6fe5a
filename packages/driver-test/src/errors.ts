import { errorsFrom } from '@virtkit/schema';

/** Errors of the test driver. */
export const testError = errorsFrom('TEST');
