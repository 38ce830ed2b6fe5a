import type { JsonObject, JsonValue } from '../command/json.js';

/** What QEMU itself says of a command that failed. */
export interface QmpFailure {
  readonly class: string;
  readonly description: string;
}
export interface QmpEvent {
  readonly event: string;
  readonly data: JsonObject;
  /** Since the epoch. */
  readonly seconds: number;
  readonly micros: number;
}
export interface QmpGreeting {
  readonly version: { readonly major: number; readonly minor: number; readonly micro: number };
  readonly package: string;
}
export type QmpMessage =
  | { readonly kind: 'greeting'; readonly greeting: QmpGreeting }
  | { readonly kind: 'event'; readonly event: QmpEvent }
  | { readonly kind: 'return'; readonly id: string | undefined; readonly value: JsonValue; readonly text: string }
  | { readonly kind: 'error'; readonly id: string | undefined; readonly failure: QmpFailure; readonly text: string };

/** One line of the monitor. Throws `SyntaxError` for what is no message. */
export function readMessage(line: string): QmpMessage {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) throw new SyntaxError('monitor message is not an object');
  if ('event' in value) return { kind: 'event', event: readEvent(value) };
  if ('return' in value) {
    return { kind: 'return', id: textOf(value['id']), value: value['return'] as JsonValue, text: line };
  }
  if ('error' in value) return { kind: 'error', id: textOf(value['id']), failure: readFailure(value), text: line };
  if ('QMP' in value) return { kind: 'greeting', greeting: readGreeting(value['QMP']) };
  throw new SyntaxError('unknown monitor message');
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readEvent(message: Record<string, unknown>): QmpEvent {
  const stamp = isRecord(message['timestamp']) ? message['timestamp'] : {};
  return {
    event: textOf(message['event']) ?? '',
    data: isRecord(message['data']) ? (message['data'] as JsonObject) : {},
    seconds: numberOf(stamp['seconds']),
    micros: numberOf(stamp['microseconds']),
  };
}

function readFailure(message: Record<string, unknown>): QmpFailure {
  const error = isRecord(message['error']) ? message['error'] : {};
  return { class: textOf(error['class']) ?? 'GenericError', description: textOf(error['desc']) ?? 'unknown error' };
}

function readGreeting(value: unknown): QmpGreeting {
  const version = isRecord(value) && isRecord(value['version']) ? value['version'] : {};
  const qemu = isRecord(version['qemu']) ? version['qemu'] : {};
  return {
    version: { major: numberOf(qemu['major']), minor: numberOf(qemu['minor']), micro: numberOf(qemu['micro']) },
    package: textOf(version['package']) ?? '',
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
