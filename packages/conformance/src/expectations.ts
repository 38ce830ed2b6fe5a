import { AssertionError } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { type ErrorName, errorNumbers } from '@virtkit/schema';
import type { Target } from './target.js';

/** Says what was expected of the driver, and what it did. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new AssertionError({ message: `${what}: expected ${show(expected)}, got ${show(actual)}`, actual, expected });
}

/** @throws AssertionError that says `what` is wrong */
export function expectTrue(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AssertionError({ message: what });
}

/** Whether a call failed with one of libvirt's errors of these names. */
export function failedWith(target: Target, error: unknown, ...names: readonly ErrorName[]): boolean {
  const code = target.failureOf(error)?.code;
  return names.some((name) => errorNumbers[name].number === code);
}

/** The call fails with the number of that error and, where given, that origin and text. */
export async function expectFailure(
  target: Target,
  call: Promise<unknown>,
  expected: { readonly error: ErrorName; readonly origin?: number; readonly text?: string },
  what: string,
): Promise<void> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => target.failureOf(error) ?? { code: -1, origin: -1, message: String(error) },
  );
  if (failure === undefined)
    throw new AssertionError({ message: `${what}: expected error ${expected.error}, but it succeeded` });
  expectEqual(failure.code, errorNumbers[expected.error].number, `${what}, number of the error '${failure.message}'`);
  if (expected.origin !== undefined) expectEqual(failure.origin, expected.origin, `${what}, origin of the error`);
  if (expected.text !== undefined) expectEqual(failure.message, expected.text, `${what}, text of the error`);
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)) ?? 'nothing';
