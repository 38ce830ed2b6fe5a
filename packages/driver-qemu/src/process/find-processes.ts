import { findProcesses, type ProcessIdentity } from '@virtkit/host';

/**
 * Processes with one of the words on their command line, as a whole argument or within one. For what a start left
 * behind when the daemon died before it knew a pid; the words are folders that one start of one guest has for itself.
 */
export async function processesWith(words: readonly string[]): Promise<readonly ProcessIdentity[]> {
  if (words.length === 0) return [];
  const found = await findProcesses((args) => args.some((arg) => words.some((word) => arg.includes(word))));
  return found.map(({ identity }) => identity);
}
