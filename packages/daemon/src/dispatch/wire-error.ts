import type { WireErrorInput } from '@virtkit/protocol';
import {
  errorNumbers,
  errorsFrom,
  failedCall,
  isVirtError,
  systemErrorsFrom,
  type VirtErrorLike,
} from '@virtkit/schema';

const rpcError = errorsFrom('RPC');
const systemError = systemErrorsFrom('NONE');

/** Any failure as clients get it. */
export function wireErrorOf(failure: unknown): WireErrorInput {
  const error = isVirtError(failure) ? failure : unforeseen(failure);
  const { code, origin, level, message, format, detail, argument } = error;
  if (argument !== undefined)
    return { code, domain: origin, message, level, str1: argument.function, str2: argument.name, int1: 0, int2: 0 };
  const int1 = error.line ?? errnoOf(error);
  return { code, domain: origin, message, level, str1: format, str2: detail, int1, int2: -1 };
}

/** What the system refused (descriptors, memory, room) is told as such; anything else is a mistake of ours and says so. */
function unforeseen(failure: unknown): VirtErrorLike {
  const call = failedCall(failure);
  return call === undefined ? rpcError('INTERNAL_ERROR', textOf(failure)) : systemError(`cannot ${call}`, failure);
}

const textOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

/** The system's error number, for system errors; Node counts it negative. */
function errnoOf(error: VirtErrorLike): number {
  if (error.code !== errorNumbers.SYSTEM_ERROR.number || !(error.cause instanceof Error)) return -1;
  const errno: unknown = Reflect.get(error.cause, 'errno');
  return typeof errno === 'number' ? Math.abs(errno) : -1;
}
