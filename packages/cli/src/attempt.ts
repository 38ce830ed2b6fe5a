import { readFile } from 'node:fs/promises';
import { getSystemErrorMap } from 'node:util';
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
    throw new CommandError(`Failed to open file '${file}': ${systemWords(cause)}`);
  }
}

/** What the operating system says: `No such file or directory`. */
function systemWords(cause: unknown): string {
  const { errno = 0 } = cause as NodeJS.ErrnoException;
  const words = getSystemErrorMap().get(errno)?.[1] ?? String(cause);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
