import { bindThreads, fileTree, onlineCpus } from '@virtkit/host';
import type { Domain } from '@virtkit/schema';
import type { QemuServices } from '../guests/services.js';
import { numberAt, objectsOf, textAt } from '../monitor/json-reading.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import type { VcpuThread } from '../status/runtime.js';
import { bindingsOf, bindsThreads } from '../tuning/thread-bindings.js';

/**
 * Binds the threads of QEMU to the processors its definition names, if any.
 * @throws `SYSTEM_ERROR` for processors this host has not, `OPERATION_INVALID` where virtual CPUs have no threads
 */
export async function bindGuestThreads(
  { host }: Pick<QemuServices, 'host'>,
  monitor: QmpConnection,
  definition: Domain,
  { pid, vcpus }: { readonly pid: number; readonly vcpus: readonly VcpuThread[] },
): Promise<void> {
  if (!bindsThreads(definition)) return;
  const iothreads = (definition.iothreadids ?? []).length > 0 ? await ioThreads(monitor) : new Map<number, number>();
  const all = [...onlineCpus(fileTree())];
  await bindThreads(host.commands, bindingsOf(definition, { pid, vcpus, iothreads, all }));
}

/** Threads by the number in their name, `iothread1`. */
async function ioThreads(monitor: QmpConnection): Promise<ReadonlyMap<number, number>> {
  const answer = objectsOf(await monitor.execute('query-iothreads'));
  return new Map(
    answer.flatMap((entry): readonly (readonly [number, number])[] => {
      const number = /^iothread(\d+)$/.exec(textAt(entry, 'id') ?? '')?.[1];
      const thread = numberAt(entry, 'thread-id');
      return number === undefined || thread === undefined ? [] : [[Number(number), thread]];
    }),
  );
}
