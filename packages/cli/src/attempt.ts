import { readFile } from 'node:fs/promises';
import { errnoOf, systemWords } from '@virtkit/schema';
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
export async function readDocument(file: string): Promise<string> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  } catch (cause) {
    const verb = errnoOf(cause) === 'EISDIR' ? 'read' : 'open';
    throw new CommandError(`Failed to ${verb} file '${file}': ${systemWords(cause)}`);
  }
}
