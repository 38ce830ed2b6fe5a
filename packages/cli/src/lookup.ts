import { hasCode } from '@virtkit/client';

/** Whether words have the form of a uuid, with or without dashes. */
export const isUuid = (words: string): boolean => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(words);

/**
 * What the first of several look-ups finds that finds anything.
 * @param missing number of the error that says that nothing was found; any other one ends the search
 */
export async function firstFound<T>(missing: number, ways: readonly (() => Promise<T>)[]): Promise<T> {
  let last: unknown;
  for (const look of ways) {
    try {
      return await look();
    } catch (cause) {
      if (!hasCode(cause, missing)) throw cause;
      last = cause;
    }
  }
  throw last;
}
