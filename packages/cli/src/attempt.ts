import { readFile } from 'node:fs/promises';
import { CommandError } from './usage-error.js';

/** Runs; a failure is said as virsh says it, with the reason below. */
export async function attempt<T>(failure: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new CommandError(failure, { cause });
  }
}

/** A document from a file; `-` is standard input. */
export const readDocument = (file: string): Promise<string> =>
  attempt(`Failed to open file '${file}'`, () => readFile(file === '-' ? '/dev/stdin' : file, 'utf8'));
