import type { Call, Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import { changeLive } from '../../guests/change-guest.js';
import { runningGuest } from '../../guests/find-guest.js';
import { jobCall } from '../../guests/job-call.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { isCommandError } from '../../monitor/qmp-error.js';
import { asClientErrors } from '../../monitor/qmp-failure.js';
import { configCopy, effectiveTarget } from '../targets.js';

/** @libvirt virDomainSetMemoryFlags */
export async function setMemory(
  services: QemuServices,
  guest: Guest,
  kib: number,
  target: Target & { readonly maximum?: boolean },
  call: Call,
): Promise<void> {
  await services.store.run(guest, 'modify', call, async (current, signal) => {
    const job = jobCall(call, signal);
    const { live, config } = effectiveTarget(current, target);
    if (target.maximum === true) return await setMaximum(services, current, kib, live);
    if (live) checkMaximum(current.current(), kib);
    const definition = config ? configCopy(current) : undefined;
    if (definition !== undefined) checkMaximum(definition, kib);
    if (live) await setBalloon(services, current, kib, job);
    if (definition === undefined) return;
    definition.currentMemory = kib;
    await services.store.define(definition);
  });
}

function checkMaximum(definition: Domain, kib: number): void {
  if (kib > (definition.memory.size ?? 0)) throw virtError('INVALID_ARG', 'cannot set memory higher than max memory');
}

async function setMaximum(services: QemuServices, guest: Guest, kib: number, live: boolean): Promise<void> {
  if (live) throw virtError('OPERATION_INVALID', 'cannot resize the maximum memory on an active domain');
  const definition = configCopy(guest);
  if ((definition.cpu?.numa?.cells.length ?? 0) > 0) {
    throw virtError(
      'OPERATION_INVALID',
      'initial memory size of a domain with NUMA nodes cannot be modified with this API',
    );
  }
  if (definition.maxMemory?.size !== undefined && definition.maxMemory.size < kib) {
    throw virtError('OPERATION_INVALID', 'cannot set initial memory size greater than the maximum memory size');
  }
  definition.memory.size = kib;
  if ((definition.currentMemory ?? kib) > kib) definition.currentMemory = kib;
  await services.store.define(definition);
}

/** The guest gives memory back as far as it can; the event tells how far it came. */
async function setBalloon(services: QemuServices, guest: Guest, kib: number, call: Call): Promise<void> {
  const { monitor, live } = runningGuest(services, guest);
  try {
    await monitor.execute('balloon', { value: kib * 1024 }, call);
  } catch (cause) {
    if (!isCommandError(cause, 'DeviceNotActive')) return await asClientErrors(Promise.reject(cause));
    throw virtError('OPERATION_INVALID', 'cannot set memory of an active domain', { cause });
  }
  await live.settled();
}

/** @libvirt virDomainSetMemoryStatsPeriod */
export async function setMemoryStatisticsPeriod(
  services: QemuServices,
  guest: Guest,
  seconds: number,
  target: Target,
  call: Call,
): Promise<void> {
  await services.store.run(guest, 'modify', call, async (current, signal) => {
    const job = jobCall(call, signal);
    const { live, config } = effectiveTarget(current, target);
    if (live) await setLivePeriod(services, current, seconds, job);
    if (!config) return;
    const definition = configCopy(current);
    setPeriod(definition, seconds);
    await services.store.define(definition);
  });
}

async function setLivePeriod(services: QemuServices, guest: Guest, seconds: number, call: Call): Promise<void> {
  const { monitor, definition } = runningGuest(services, guest);
  const path = `/machine/peripheral/${virtioBalloon(definition).alias ?? ''}`;
  const property = 'guest-stats-polling-interval';
  await asClientErrors(monitor.execute('qom-set', { path, property, value: seconds }, call));
  await changeLive(services, guest, (_runtime, before) => {
    const changed = structuredClone(before);
    setPeriod(changed, seconds);
    return { definition: changed };
  });
}

function setPeriod(definition: Domain, seconds: number): void {
  const balloon = virtioBalloon(definition);
  if (seconds === 0) delete balloon.stats;
  else balloon.stats = { period: seconds };
}

function virtioBalloon({ devices }: Domain): NonNullable<Domain['devices']['memballoon']> {
  const { memballoon } = devices;
  if (memballoon !== undefined && memballoon.model.startsWith('virtio')) return memballoon;
  throw virtError('OPERATION_INVALID', 'Memory balloon model must be virtio to set the collection period');
}
