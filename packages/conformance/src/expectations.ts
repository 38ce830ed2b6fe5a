import { AssertionError } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
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

/** The call fails with that number and, where given, that origin. */
export async function expectFailure(
  target: Target,
  call: Promise<unknown>,
  expected: { readonly code: number; readonly origin?: number; readonly text?: string },
  what: string,
): Promise<void> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => target.failureOf(error) ?? { code: -1, origin: -1, message: String(error) },
  );
  if (failure === undefined)
    throw new AssertionError({ message: `${what}: expected error ${expected.code}, but it succeeded` });
  expectEqual(failure.code, expected.code, `${what}, number of the error '${failure.message}'`);
  if (expected.origin !== undefined) expectEqual(failure.origin, expected.origin, `${what}, origin of the error`);
  if (expected.text !== undefined) expectEqual(failure.message, expected.text, `${what}, text of the error`);
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)) ?? 'nothing';
