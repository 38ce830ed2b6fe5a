import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process. */
  readonly startTime: bigint;
}
export interface ProcessStatus extends ProcessIdentity {
  /** `R`, `S`, `D`, `T`, `Z`, … */
  readonly state: string;
  readonly parent: number;
  /** Clock ticks. */
  readonly userTime: bigint;
  /** Clock ticks. */
  readonly systemTime: bigint;
  /** Bytes of virtual memory. */
  readonly virtualSize: bigint;
  /** Pages in memory. */
  readonly residentPages: bigint;
  /** The processor it last ran on. */
  readonly processor: number;
}

/** Reads one line of `/proc/PID/stat`; the name of the program may hold spaces and parentheses. */
export function parseProcessStat(text: string): ProcessStatus | undefined {
  const end = text.lastIndexOf(')');
  const pid = Number.parseInt(text, 10);
  const fields = text
    .slice(end + 2)
    .trim()
    .split(' ');
  // Field 3 of proc(5) is the first one after the name.
  const field = (number: number) => fields[number - 3] ?? '';
  if (end < 0 || Number.isNaN(pid) || field(22) === '') return undefined;
  return {
    pid,
    state: field(3),
    parent: Number(field(4)),
    userTime: BigInt(field(14)),
    systemTime: BigInt(field(15)),
    startTime: BigInt(field(22)),
    virtualSize: BigInt(field(23) || 0),
    residentPages: BigInt(field(24) || 0),
    processor: Number(field(39) || 0),
  };
}

/**
 * What the kernel says of a process (or of one `task` of it) now; undefined when there is none. It says so at once: the
 * promise is kept without another thread, which would cost twenty times as much.
 */
export async function processStatus(pid: number, task?: number): Promise<ProcessStatus | undefined> {
  const path = task === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${task}/stat`;
  try {
    return parseProcessStat(readFileSync(path, 'latin1'));
  } catch {
    return undefined; // there is none
  }
}

/** Identity of the process that has this number now; undefined when none has, or only its remains. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const status = await processStatus(pid);
  return status && !isDead(status) ? { pid, startTime: status.startTime } : undefined;
}

/** Whether the very process still runs. One that ended and was not yet reaped does not. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const status = await processStatus(identity.pid);
  return status !== undefined && status.startTime === identity.startTime && !isDead(status);
}

/** The words of its command line, empty when it ended. */
export async function commandLine(pid: number): Promise<readonly string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

const isDead = ({ state }: ProcessStatus): boolean => state === 'Z' || state === 'X' || state === 'x';
