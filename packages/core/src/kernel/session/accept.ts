import type { Accepts, Operation } from '../../contract/connection.js';
import type { DriverIdentity } from '../driver-identity.js';
import { type RefusingFunction, unsupportedFlags } from '../errors.js';
import type { Via } from './via.js';

const none: readonly string[] = [];

/**
 * Refuses options the driver did not say it understands, and bits nobody has a name for. A boolean counts by its key,
 * a word or a list of words by key or word; objects (definitions, files) are arguments and no options.
 */
export function refuseUnknownOptions(
  operation: Operation,
  options: object,
  accepts: Accepts,
  via: Via | undefined,
  refusing: RefusingFunction,
): void {
  const accepted = accepts[operation] ?? none;
  let refused: string[] | undefined;
  for (const [name, value] of Object.entries(options)) {
    if (!isRefused(name, value, accepted)) continue;
    refused ??= [];
    refused.push(...words(name, value));
  }
  const unknown = unnamedBits(via);
  if (refused !== undefined || unknown !== 0) throw unsupportedFlags(refusing, refused ?? none, unknown, via?.flags);
}

/** For calls whose every option is the kernel's own. */
export function refuseUnknownBits(driver: DriverIdentity, via: Via | undefined, name: string): void {
  const unknown = unnamedBits(via);
  if (unknown !== 0) throw unsupportedFlags({ driver, name }, none, unknown, via?.flags);
}

function isRefused(name: string, value: unknown, accepted: readonly string[]): boolean {
  if (value === true) return !accepted.includes(name);
  if (typeof value === 'string') return !accepted.includes(name) && !accepted.includes(value);
  if (Array.isArray(value))
    return !accepted.includes(name) && value.some((item) => typeof item === 'string' && !accepted.includes(item));
  return false;
}

function words(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [name];
}

function unnamedBits(via: Via | undefined): number {
  const flags = via?.flags;
  if (flags === undefined || flags.value === 0) return 0;
  let named = 0;
  for (const bit of Object.values(flags.bits)) named |= bit;
  return (flags.value & ~named) >>> 0;
}
