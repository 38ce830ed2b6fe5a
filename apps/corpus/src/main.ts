import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readManifest, type CorpusCase } from './manifest.js';
import { readOptions, usage, type RunnerOptions } from './options.js';
import { runCases, type CaseResult } from './run.js';

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  let options: RunnerOptions;
  try {
    options = readOptions(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const corpusDir = resolve(options.corpus);
  const cases = select(readManifest(corpusDir), options);
  const results = await runCases(cases, corpusDir);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ cases: results }, null, 1)}\n`);
  report(cases, results, options);
  return results.every(({ result }) => result === 'pass') ? 0 : 1;
}

function select(manifest: readonly CorpusCase[], options: RunnerOptions): readonly CorpusCase[] {
  const everyday = options.everyday && everydayCases(options.everyday);
  return manifest.filter(
    (entry) =>
      (options.suites.length === 0 || options.suites.includes(entry.suite)) &&
      (!everyday || (entry.suite === 'qemuxmlconf' && everyday.has(entry.case))),
  );
}

function everydayCases(path: string): ReadonlySet<string> {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly string[] };
  return new Set(cases);
}

function report(cases: readonly CorpusCase[], results: readonly CaseResult[], options: RunnerOptions): void {
  if (options.verbose)
    for (const { suite, case: name, result, reason } of results)
      if (result === 'fail') process.stdout.write(`FAIL ${suite} ${name}\n${reason}\n`);
  const groups = new Map<string, { passed: number; total: number }>();
  for (const [index, { suite, result }] of results.entries()) {
    const group = options.everyday ? `${suite} ${cases[index]?.outcome === 'ok' ? 'ok' : 'refused'}` : suite;
    const counts = groups.get(group) ?? { passed: 0, total: 0 };
    groups.set(group, counts);
    counts.total += 1;
    if (result === 'pass') counts.passed += 1;
  }
  for (const [name, { passed, total }] of groups) process.stdout.write(`${name} ${passed}/${total}\n`);
}
