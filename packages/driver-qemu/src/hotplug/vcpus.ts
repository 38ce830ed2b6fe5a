import type { Call } from '@virtkit/core';
import { virtError } from '../errors.js';
import { changeLive } from '../guests/change-guest.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { bindGuestThreads } from '../start/bind-threads.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { readCpus, readCpuSlots, type CpuSlot } from '../monitor/queries/vcpus.js';
import { unplug } from './unplug.js';
import { vcpuEntries } from './vcpu-entries.js';

/** Plugs virtual CPUs in or out until `count` are there. */
export async function plugVcpus(
  services: QemuServices,
  running: RunningGuest,
  count: number,
  call: Call,
): Promise<void> {
  const { guest, monitor } = running;
  const slots = readCpuSlots(await asClientErrors(monitor.execute('query-hotpluggable-cpus', undefined, call)));
  const steps = stepsTo(slots, count);
  if (steps === undefined) {
    throw virtError(
      'CONFIG_UNSUPPORTED',
      'failed to find appropriate hotpluggable vcpus to reach the desired target vcpu count',
    );
  }
  for (const { slot, number } of steps.add) {
    const device = { driver: slot.type, id: `vcpu${number}`, ...slot.props };
    await asClientErrors(monitor.execute('device_add', device, call));
  }
  for (const alias of steps.remove) await unplug(running, alias, call);
  const after = readCpuSlots(await asClientErrors(monitor.execute('query-hotpluggable-cpus', undefined, call)));
  const cpus = readCpus(await asClientErrors(monitor.execute('query-cpus-fast', undefined, call)));
  const vcpus = cpus.map(({ index, thread }) => ({ vcpu: index, thread }));
  await bindGuestThreads(services, monitor, guest.current(), { pid: running.runtime.process?.pid ?? 0, vcpus });
  await changeLive(services, guest, (_runtime, current) => {
    const definition = structuredClone(current);
    const now = cpus.length;
    if (now === definition.vcpu.count) delete definition.vcpu.current;
    else definition.vcpu.current = now;
    definition.vcpus = vcpuEntries(after, definition.vcpus);
    return { definition, runtime: { vcpus } };
  });
}

interface Steps {
  readonly add: readonly { readonly slot: CpuSlot; readonly number: number }[];
  readonly remove: readonly string[];
}

/** Undefined when the count cannot be met. Only CPUs that were plugged in can be plugged out; the last one goes first. */
export function stepsTo(slots: readonly CpuSlot[], count: number): Steps | undefined {
  const first = slots.map((_slot, index) => slots.slice(0, index).reduce((sum, { vcpus }) => sum + vcpus, 0));
  let now = slots.reduce((sum, { path, vcpus }) => sum + (path === undefined ? 0 : vcpus), 0);
  const add: { slot: CpuSlot; number: number }[] = [];
  const remove: string[] = [];
  slots.forEach((slot, index) => {
    if (slot.path !== undefined || now + slot.vcpus > count) return;
    add.push({ slot, number: first[index] ?? 0 });
    now += slot.vcpus;
  });
  for (const { alias, path, vcpus } of [...slots].reverse()) {
    if (path === undefined || alias === undefined || now - vcpus < count) continue;
    remove.push(alias);
    now -= vcpus;
  }
  return now === count ? { add, remove } : undefined;
}
