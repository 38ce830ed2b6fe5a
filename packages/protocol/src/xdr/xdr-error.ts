/** The only error this package throws: bytes that do not decode, or a value that does not fit its type. */
export class XdrError extends Error {
  override readonly name = 'XdrError';
}
