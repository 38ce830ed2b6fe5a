import { errorsFrom } from '@virtkit/schema';

export const networkError = errorsFrom('NETWORK');
