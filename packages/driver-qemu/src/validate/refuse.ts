import { errorsFrom } from '@virtkit/schema';
import type { QemuFlag } from '../capabilities/flags.js';
import type { QemuFacts } from '../complete/facts.js';

const virtError = errorsFrom('QEMU');

/** What this driver cannot run. */
export function unsupported(detail: string): never {
  throw virtError('CONFIG_UNSUPPORTED', detail);
}

export function xmlError(detail: string): never {
  throw virtError('XML_ERROR', detail);
}

export function overflow(detail: string): never {
  throw virtError('OVERFLOW', detail);
}

export function internalError(detail: string): never {
  throw virtError('INTERNAL_ERROR', detail);
}

/** A message without the words of its number before it. */
export function xmlDetail(message: string): never {
  throw virtError('XML_DETAIL', message);
}

export const has = ({ capabilities }: QemuFacts, flag: QemuFlag): boolean => capabilities?.flags.has(flag) === true;
