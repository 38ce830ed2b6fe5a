import type { RunCase } from './manifest.js';
import { suites } from './suites.js';
import type { CorpusCase } from './manifest.js';

/** Result of one case, as it stands in the JSON report. */
export interface CaseResult {
  readonly suite: string;
  readonly case: string;
  readonly result: 'pass' | 'fail';
  /** Empty when it passed. */
  readonly reason: string;
}

/** Runs the cases one after another. A suite without runner fails, it is never skipped. */
export async function runCases(cases: readonly CorpusCase[], corpusDir: string): Promise<readonly CaseResult[]> {
  const runners = new Map<string, RunCase | undefined>();
  const results: CaseResult[] = [];
  for (const entry of cases) {
    if (!runners.has(entry.suite)) runners.set(entry.suite, await loadRunner(entry.suite));
    results.push(await runCase(entry, corpusDir, runners.get(entry.suite)));
  }
  return results;
}

async function loadRunner(suite: string): Promise<RunCase | undefined> {
  const load = Object.hasOwn(suites, suite) ? suites[suite] : undefined;
  return load && (await load()).run;
}

async function runCase(entry: CorpusCase, corpusDir: string, run: RunCase | undefined): Promise<CaseResult> {
  const { suite, case: name } = entry;
  if (!run) return { suite, case: name, result: 'fail', reason: 'no runner for this suite' };
  try {
    await run(entry, corpusDir);
    return { suite, case: name, result: 'pass', reason: '' };
  } catch (error) {
    return { suite, case: name, result: 'fail', reason: reasonOf(error) };
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error);
