import { readFile } from 'node:fs/promises';
import { cpuFlags, parseCpuList } from '../machine/cpu-list.js';
import { systemPageKiB } from '../machine/pages.js';
import { processStatus } from './identity.js';

/** Clock ticks a second that `/proc` counts in; fixed for user space on Linux. */
const ticksPerSecond = 100n;

const ticksToNs = (ticks: bigint): bigint => (ticks * 1_000_000_000n) / ticksPerSecond;

/** What a process used so far. */
export interface ProcessUsage {
  readonly userNs: bigint;
  readonly systemNs: bigint;
  readonly residentKiB: bigint;
}

/** Undefined when the process is gone. Never waits for the process, also a stopped one. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  const status = await processStatus(pid);
  if (status === undefined) return undefined;
  return {
    userNs: ticksToNs(status.userTime),
    systemNs: ticksToNs(status.systemTime),
    residentKiB: status.residentPages * BigInt(systemPageKiB),
  };
}

/** What one thread used. */
export interface ThreadUsage {
  readonly timeNs: bigint;
  /** The processor it last ran on. */
  readonly processor: number;
  /** Time it was ready and had no processor. */
  readonly delayNs: bigint;
  readonly affinity: readonly boolean[];
}

/** Undefined for a thread that is gone. */
export async function threadUsage(pid: number, thread: number): Promise<ThreadUsage | undefined> {
  const [status, delayNs, affinity] = await Promise.all([
    processStatus(pid, thread),
    schedulingDelay(pid, thread),
    threadAffinity(pid, thread),
  ]);
  if (status === undefined) return undefined;
  return { timeNs: ticksToNs(status.userTime + status.systemTime), processor: status.processor, delayNs, affinity };
}

async function schedulingDelay(pid: number, thread: number): Promise<bigint> {
  const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').catch(() => '');
  return BigInt(/^\d+ (\d+)/.exec(text)?.[1] ?? 0);
}

async function threadAffinity(pid: number, thread: number): Promise<readonly boolean[]> {
  const text = await readFile(`/proc/${pid}/task/${thread}/status`, 'latin1').catch(() => '');
  return cpuFlags(parseCpuList(/^Cpus_allowed_list:\s*(.*)$/m.exec(text)?.[1] ?? ''));
}
