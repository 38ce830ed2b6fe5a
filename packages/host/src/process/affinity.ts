import type { Commands } from '@virtkit/core';
import { formatCpuList } from '../machine/cpu-list.js';
import { hostError } from '../errors.js';

/** Which processors a thread may use. */
export interface Binding {
  /** A thread, or a process where all its threads are bound. */
  readonly id: number;
  readonly whole?: boolean;
  readonly cpus: Iterable<number>;
}

/**
 * Binds threads to processors, in this order; one program for all of them.
 * @throws `SYSTEM_ERROR` naming the first thread that cannot be bound, and the kernel's reason
 * @see taskset(1)
 */
export async function bindThreads(commands: Commands, bindings: readonly Binding[]): Promise<void> {
  if (bindings.length === 0) return;
  const lines = bindings.map(
    ({ id, whole, cpus }) => `taskset ${whole === true ? '-a ' : ''}-c -p ${formatCpuList(cpus)} ${id} >/dev/null`,
  );
  const { code, stderr } = await commands.run('sh', ['-e', '-c', lines.join('\n')]);
  if (code === 0) return;
  const [, id, reason] = /pid (\d+)'s affinity: (.*)/.exec(stderr) ?? [];
  const what = id === undefined ? 'a thread' : `process ${id}`;
  throw hostError('SYSTEM_ERROR', `cannot set CPU affinity on ${what}: ${reason ?? stderr.trim()}`);
}
