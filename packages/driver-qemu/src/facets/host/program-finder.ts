import { findProgram } from '@virtkit/host';
import { programFolders, stampOf } from './document-memo.js';

/** Looks a program up on the search path; the absolute path, undefined where it is not installed. */
export type FindProgram = (name: string) => Promise<string | undefined>;

/**
 * Looks programs up once, and again when one of the folders of the search path has changed: every definition asks for
 * its emulator.
 */
export function programFinder(find: FindProgram = findProgram): FindProgram {
  const known = new Map<string, Promise<string | undefined>>();
  let stamp = '';
  return (name) => {
    const now = stampOf(programFolders());
    if (now !== stamp) known.clear();
    stamp = now;
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}
