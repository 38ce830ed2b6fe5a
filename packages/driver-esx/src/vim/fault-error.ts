import type { ErrorName, VirtError } from '@virtkit/schema';
import { esxError } from '../errors.js';
import type { SoapFault } from '../soap/fault.js';

/** Classes of faults that have a number of their own. */
const numbers: Readonly<Record<string, ErrorName>> = {
  InvalidLogin: 'AUTH_FAILED',
  NotAuthenticated: 'AUTH_FAILED',
  NoPermission: 'ACCESS_DENIED',
  MethodNotFound: 'NO_SUPPORT',
  NotImplemented: 'NO_SUPPORT',
  NotSupported: 'OPERATION_UNSUPPORTED',
  InvalidPowerState: 'OPERATION_INVALID',
  InvalidState: 'OPERATION_INVALID',
  InvalidArgument: 'INVALID_ARG',
  InvalidName: 'INVALID_ARG',
  DuplicateName: 'OPERATION_FAILED',
  FileAlreadyExists: 'OPERATION_FAILED',
  TaskInProgress: 'OPERATION_TIMEOUT',
  RequestCanceled: 'OPERATION_ABORTED',
};

/** A refusal of the server as libvirt's error. */
export function asVirtError(fault: SoapFault): VirtError {
  const detail = `${fault.method}: ${fault.message}`;
  return esxError(numbers[fault.kind] ?? 'INTERNAL_ERROR', detail, { cause: fault });
}

/** A task ended with this fault. */
export const taskError = (task: string, kind: string, message: string, cause?: unknown): VirtError =>
  esxError(numbers[kind] ?? 'INTERNAL_ERROR', `${task}: ${message === '' ? kind : message}`, { cause });
