/** The words on the command line are wrong: exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What would be right. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** A command failed for a reason of its own: exit 1, said after `error:`. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
