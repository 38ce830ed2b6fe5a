import { errorsFrom } from '@virtkit/schema';

const commonError = errorsFrom('NONE');
/** What an image says about the one below cannot be understood. */
export const badBacking = (detail: string, cause?: unknown) => commonError('INVALID_ARG', detail, { cause });
