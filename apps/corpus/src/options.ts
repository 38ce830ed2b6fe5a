import { parseArgs } from 'node:util';

/** What the runner was asked for. */
export interface RunnerOptions {
  readonly corpus: string;
  /** Suites to run; empty for all of the corpus. */
  readonly suites: readonly string[];
  /** File the results are written to. */
  readonly json?: string;
  /** `everyday-cases.json`: only its cases, counted by outcome. */
  readonly everyday?: string;
  /** Print the reason of every failure. */
  readonly verbose: boolean;
}

export const usage = 'usage: conformance --corpus DIR [--suite NAME]... [--json FILE] [--everyday FILE] [--verbose]';

/** Reads the arguments; throws a TypeError for what it does not know or misses. */
export function readOptions(argv: readonly string[]): RunnerOptions {
  const { values } = parseArgs({
    args: argv.filter((word) => word !== '--'),
    options: {
      corpus: { type: 'string' },
      suite: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      everyday: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const { corpus, suite, json, everyday, verbose } = values;
  if (corpus === undefined) throw new TypeError('--corpus is missing');
  return { corpus, suites: suite, verbose, ...(json && { json }), ...(everyday && { everyday }) };
}
