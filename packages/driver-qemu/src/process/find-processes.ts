import { readdir, readFile } from 'node:fs/promises';
import { identify, type ProcessIdentity } from '@virtkit/host';

/**
 * Processes with one of the words on their command line, as a whole argument or within one. For what a start left
 * behind when the daemon died before it knew a pid; the words are folders that one start of one guest has for itself.
 */
export async function processesWith(words: readonly string[]): Promise<readonly ProcessIdentity[]> {
  if (words.length === 0) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(pids.map((pid) => matching(Number(pid), words)));
  return found.filter((identity) => identity !== undefined);
}

async function matching(pid: number, words: readonly string[]): Promise<ProcessIdentity | undefined> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return words.some((word) => text.includes(word)) ? await identify(pid) : undefined;
}
