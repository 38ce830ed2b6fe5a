import { type ErrorName, errorNumbers } from './error-numbers.js';
import { type ErrorOrigin, errorOrigins } from './error-origins.js';

/** `VIR_ERR_WARNING` and `VIR_ERR_ERROR`. */
export type ErrorLevel = 1 | 2;

const shape = 'virtkit/VirtError';

/** What travels to a client. Errors of other copies of this package, and those of `@virtkit/xml`, have the same shape. */
export interface VirtErrorLike extends Error {
  readonly $$type: typeof shape;
  /** libvirt's number. */
  readonly code: number;
  /** Number of the part of the system it comes from (`VIR_FROM_…`). */
  readonly origin: number;
  readonly level: ErrorLevel;
  /** First string on the wire: the format chosen. */
  readonly format: string;
  /** Second string on the wire; absent where the error has no detail. */
  readonly detail?: string | undefined;
  /** Line of the document that is at fault, where the text does not say it. */
  readonly line?: number | undefined;
  /** The argument that is at fault: clients get it and its function instead of format and detail. */
  readonly argument?: FaultyArgument | undefined;
}

/** An argument, and libvirt's name of the function that refuses it. @libvirt virReportInvalidArg */
export interface FaultyArgument {
  readonly function: string;
  readonly name: string;
}

export interface VirtErrorOptions {
  readonly cause?: unknown;
  readonly level?: ErrorLevel;
  /** The whole text, where it isn't made of the number's words and the detail. */
  readonly plain?: string;
  readonly line?: number | undefined;
  readonly argument?: FaultyArgument;
}

/**
 * An error as libvirt's clients see it: number, origin, level, text. Made with `errorsFrom`.
 * @libvirt virError
 */
export class VirtError extends Error implements VirtErrorLike {
  override readonly name = 'VirtError';
  readonly $$type = shape;
  readonly code: number;
  readonly origin: number;
  readonly level: ErrorLevel;
  readonly format: string;
  readonly detail: string | undefined;
  readonly line: number | undefined;
  readonly argument: FaultyArgument | undefined;

  constructor(
    /** Name of the number, for comparisons: `error.is === 'NO_DOMAIN'`. */
    readonly is: ErrorName,
    origin: ErrorOrigin,
    detail?: string,
    options: VirtErrorOptions = {},
  ) {
    const { number, message, withDetail } = errorNumbers[is];
    const format: string = detail === undefined ? message : withDetail;
    const text = detail === undefined ? message : format.replace(/%(?:1\$)?s/, () => detail);
    super(options.plain ?? text, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = number;
    this.origin = errorOrigins[origin].number;
    this.level = options.level ?? 2;
    this.format = format;
    this.detail = detail;
    this.line = options.line;
    this.argument = options.argument;
  }
}

/** Makes errors of one part of the system: `const virtError = errorsFrom('QEMU')`, `throw virtError('NO_DOMAIN', …)`. */
export interface ErrorFactory {
  /** The detail is what stands behind the number's own words; it is complete where the error arises. */
  (is: ErrorName, detail?: string, options?: VirtErrorOptions): VirtError;
  /** An error whose text is the whole message, without the number's words before it. */
  plain(is: ErrorName, message: string, options?: VirtErrorOptions): VirtError;
  /** One argument of a function is at fault; `message` is the whole text. */
  invalidArgument(argument: FaultyArgument, message: string): VirtError;
  /** `which` names the flags, `where` libvirt's function that refuses them. @libvirt virCheckFlags */
  unsupportedFlags(which: string, where: string): VirtError;
}

/** See `ErrorFactory`. */
export function errorsFrom(origin: ErrorOrigin): ErrorFactory {
  const make = (is: ErrorName, detail?: string, options?: VirtErrorOptions): VirtError =>
    new VirtError(is, origin, detail, options);
  const plain: ErrorFactory['plain'] = (is, message, options) =>
    new VirtError(is, origin, message, { ...options, plain: message });
  const invalidArgument: ErrorFactory['invalidArgument'] = (argument, message) =>
    plain('INVALID_ARG', message, { argument });
  const unsupportedFlags: ErrorFactory['unsupportedFlags'] = (which, where) =>
    invalidArgument({ function: where, name: 'flags' }, `unsupported flags (${which}) in function ${where}`);
  return Object.assign(make, { plain, invalidArgument, unsupportedFlags });
}

/** Known by shape, whichever copy of the package it was made with. */
export const isVirtError = (value: unknown): value is VirtErrorLike =>
  value instanceof Error && (value as Partial<VirtErrorLike>).$$type === shape;

/** Is it this error? */
export const hasErrorName = (value: unknown, name: ErrorName): value is VirtErrorLike =>
  isVirtError(value) && value.code === errorNumbers[name].number;
