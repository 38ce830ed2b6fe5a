import type { WireError } from '@virtkit/protocol';

/** An error the daemon answered, with libvirt's numbers. @libvirt virError */
export class LibvirtError extends Error {
  override readonly name = 'LibvirtError';
  /** @libvirt virErrorNumber */
  readonly code: number;
  /** Which part reported it. @libvirt virErrorDomain */
  readonly domain: number;
  readonly level: number;
  readonly detail: readonly (string | undefined)[];
  /** `int1`, `int2`: an errno for system errors, the line of a document that fits no schema, else −1. */
  readonly numbers: readonly [number, number];

  constructor(error: WireError) {
    super(error.message ?? 'unknown error');
    this.code = error.code;
    this.domain = error.domain;
    this.level = error.level;
    this.detail = [error.str1, error.str2, error.str3];
    this.numbers = [error.int1, error.int2];
  }
}

/** The connection broke, could not be made, or does not speak the protocol. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** Numbers a program commonly decides by. @libvirt virErrorNumber */
export const errorCode = {
  noSupport: 3,
  invalidArgument: 8,
  operationFailed: 9,
  noDomain: 42,
  noNetwork: 43,
  authFailed: 45,
  noStoragePool: 49,
  noStorageVolume: 50,
  operationInvalid: 55,
  noSecret: 66,
  noSnapshot: 72,
  noDomainMetadata: 80,
  operationUnsupported: 84,
  accessDenied: 88,
} as const;

/** Whether this is an error the daemon answered with that number. */
export function hasCode(error: unknown, code: number): error is LibvirtError {
  return error instanceof LibvirtError && error.code === code;
}
