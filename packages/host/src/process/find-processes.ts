import { readdir } from 'node:fs/promises';
import { commandLine, identify, type ProcessIdentity } from './identity.js';

export interface FoundProcess {
  readonly identity: ProcessIdentity;
  /** Its command line. */
  readonly words: readonly string[];
}

/** Processes of this host, but for our own, whose command line is one that is looked for. */
export async function findProcesses(matches: (words: readonly string[]) => boolean): Promise<readonly FoundProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(pids.map((pid) => findProcess(pid, matches)));
  return found.filter((entry) => entry !== undefined);
}

/** The process with a number, when it is one that is looked for. */
export async function findProcess(
  pid: number,
  matches: (words: readonly string[]) => boolean,
): Promise<FoundProcess | undefined> {
  const words = await commandLine(pid);
  if (!matches(words)) return undefined;
  const identity = await identify(pid);
  return identity && { identity, words };
}
