import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a case promises: success, a refusal while reading, or a refusal later. */
export type Outcome = 'ok' | 'error' | 'error-parse' | 'error-build' | 'error-prepare' | 'pending' | 'no-command';

/** One case of `manifest.json`; paths are relative to the corpus directory. */
export interface CorpusCase {
  readonly suite: string;
  readonly case: string;
  readonly driver: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, string>>;
  readonly value?: unknown;
  readonly outcome: Outcome;
  readonly params: Readonly<Record<string, unknown>>;
  readonly support?: readonly string[];
  readonly features?: readonly string[];
}

/** Runs one case; ends normally when the answer is the expected one, throws the difference otherwise. */
export type RunCase = (entry: CorpusCase, corpusDir: string) => Promise<void>;

/** Reads the manifest of a corpus directory. Throws the file system's error when there is none. */
export const readManifest = (corpusDir: string): readonly CorpusCase[] =>
  JSON.parse(readFileSync(join(corpusDir, 'manifest.json'), 'utf8')) as readonly CorpusCase[];

/** Content of the input with this role; the case is broken when it has none. */
export const readInput = (entry: CorpusCase, corpusDir: string, role: string): string =>
  readRole(entry.inputs, corpusDir, role);

/** Content of the expected file with this role. */
export const readExpected = (entry: CorpusCase, corpusDir: string, role: string): string =>
  readRole(entry.expected, corpusDir, role);

function readRole(files: Readonly<Record<string, string>>, corpusDir: string, role: string): string {
  const path = files[role];
  if (path === undefined) throw new CaseBroken(`the case names no file for ${role}`);
  return readFileSync(join(corpusDir, path), 'utf8');
}

/** The case itself lacks something. */
export class CaseBroken extends Error {}
