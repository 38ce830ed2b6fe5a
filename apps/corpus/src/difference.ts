/** Thrown when an answer is not the expected one; the message shows where. */
export class Difference extends Error {}

const lineCount = 6;

/** Text comparison of the corpus: a final newline is added, in texts other than command lines `\`-newline joins. */
export function expectText(actual: string, expected: string, options: { readonly joinLines?: boolean } = {}): void {
  const wanted = ended(options.joinLines === false ? expected : expected.replaceAll('\\\n', ''));
  const got = ended(actual);
  if (got !== wanted) throw new Difference(describe(got, wanted));
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Comparison of parsed JSON that keeps the order of keys. */
export function expectJson(actual: unknown, expected: unknown): void {
  expectText(JSON.stringify(actual, null, 2), `${JSON.stringify(expected, null, 2)}\n`, { joinLines: false });
}

/** Fails unless `action` throws; answers the message of what it threw. */
export async function expectRefusal(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Difference('accepted, a refusal was expected');
}

function describe(actual: string, expected: string): string {
  const got = actual.split('\n');
  const wanted = expected.split('\n');
  let first = 0;
  while (first < wanted.length && got[first] === wanted[first]) first += 1;
  const mark = (lines: readonly string[], sign: string) =>
    lines.slice(first, first + lineCount).map((line) => `${sign} ${line}`);
  return [`from line ${first + 1}:`, ...mark(wanted, '-'), ...mark(got, '+')].join('\n');
}
