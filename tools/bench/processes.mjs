// What /proc says of processes.
import { readFileSync, readdirSync } from 'node:fs';

const numbers = () =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .sort((a, b) => a - b);

/** A file of a process; `undefined` when it ended meanwhile. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The process called `name` below `parent`, in this machine's numbering. */
export function descendant(parent, name) {
  const below = new Set([parent]);
  for (const pid of numbers()) {
    const stat = read(pid, 'stat');
    const above = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (!below.has(Number(above))) continue;
    below.add(pid);
    if (read(pid, 'comm')?.trim() === name) return pid;
  }
  return undefined;
}

/** All processes with an argument that contains `text`. */
export const withArgument = (text) =>
  numbers().filter((pid) => pid !== process.pid && read(pid, 'cmdline')?.includes(text));

/** CPU milliseconds all threads of a process have used, to the nanosecond. */
export function cpuMs(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const used = threads.map((thread) => Number(read(pid, `task/${thread}/schedstat`)?.split(' ')[0] ?? 0));
  return used.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

/** Resident and private kilobytes. */
export function memoryKb(pid) {
  const figure = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(pid, 'smaps_rollup'))[1]);
  return { resident: figure('Rss'), private: figure('Private_Clean') + figure('Private_Dirty') };
}
