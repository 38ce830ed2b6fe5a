export { type ErrorName, errorNumbers } from './errors/error-numbers.js';
export { type ErrorOrigin, errorOrigins } from './errors/error-origins.js';
export { assertNever, InternalError } from './errors/internal-error.js';
export {
  type ErrorFactory,
  type ErrorLevel,
  errorNameOf,
  errorsFrom,
  hasErrorName,
  isVirtError,
  VirtError,
  type VirtErrorLike,
  type VirtErrorOptions,
} from './errors/virt-error.js';
export * from './storage/index.js';
export * from './network/index.js';
