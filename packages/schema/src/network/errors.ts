import { errorsFrom } from '../errors/virt-error.js';

export const networkError = errorsFrom('NETWORK');
