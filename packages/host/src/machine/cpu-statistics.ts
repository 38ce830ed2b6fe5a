import { hostError } from '../errors.js';

/** Nanoseconds since boot. */
export type CpuTimes = ReadonlyMap<'kernel' | 'user' | 'idle' | 'iowait', bigint>;

const nanoseconds = 1_000_000_000n;

/**
 * Reads `/proc/stat` for all processors together (`cpu` undefined) or one of them. Interrupts count as kernel time, niced
 * work as user time. Throws `INVALID_ARG` for a processor that is not there. @libvirt virNodeGetCPUStats
 */
export function parseCpuStatistics(stat: string, cpu: number | undefined, ticksPerSecond = 100): CpuTimes {
  const name = cpu === undefined ? 'cpu' : `cpu${cpu}`;
  const line = stat.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  if (line === undefined) {
    const argument = { function: 'virHostCPUGetStatsLinux', name: 'cpuNum' };
    throw hostError.invalidArgument(argument, 'Invalid cpuNum in virHostCPUGetStatsLinux');
  }
  const fields = line.trim().split(/\s+/).slice(1);
  const time = (index: number) => (BigInt(fields[index] ?? 0) * nanoseconds) / BigInt(ticksPerSecond);
  return new Map([
    ['kernel', time(2) + time(5) + time(6)],
    ['user', time(0) + time(1)],
    ['idle', time(3)],
    ['iowait', time(4)],
  ]);
}
