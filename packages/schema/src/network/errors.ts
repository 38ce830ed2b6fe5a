import { errorsFrom } from '../errors/virt-error.js';

export const networkError = errorsFrom('NETWORK');
/** Parts networks share with guests report without an origin. */
export const plainError = errorsFrom('NONE');
