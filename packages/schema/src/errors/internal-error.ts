/** A broken invariant: a mistake in this program, never the fault of a caller or of the world outside. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Marks a place no value can reach; `value` is `never` there. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected value ${JSON.stringify(value)}`);
}
