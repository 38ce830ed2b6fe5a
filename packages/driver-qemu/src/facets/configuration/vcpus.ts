import type { Call, Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { asAgentErrors } from '../../agent/agent-failure.js';
import { notRunningHere, virtError } from '../../errors.js';
import { agentOf } from '../../guests/agent-channel.js';
import { runningGuest } from '../../guests/find-guest.js';
import { jobCall } from '../../guests/job-call.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { plugVcpus } from '../../hotplug/vcpus.js';
import { numberAt, objectsOf } from '../../monitor/json-reading.js';
import { configCopy, effectiveTarget } from '../targets.js';

type VcpuTarget = Target & { readonly maximum?: boolean; readonly guest?: boolean; readonly hotpluggable?: boolean };

const currentVcpus = ({ vcpu }: Domain): number => vcpu.current ?? vcpu.count;

/** How many are there now; absent in the document where all are. */
function setCurrentVcpus(definition: Domain, count: number): void {
  if (count === definition.vcpu.count) delete definition.vcpu.current;
  else definition.vcpu.current = count;
}

/** @libvirt virDomainSetVcpusFlags */
export async function setVcpus(
  services: QemuServices,
  guest: Guest,
  count: number,
  target: VcpuTarget,
  call: Call,
): Promise<void> {
  if (count < 1) throw virtError('INVALID_ARG', `argument 'nvcpus' must be greater than zero`);
  await services.store.run(guest, 'modify', call, async (current, signal) => {
    const job = jobCall(call, signal);
    if (target.guest === true) return await setInGuest(services, current, count);
    const { live, config } = effectiveTarget(current, target);
    if (target.maximum === true) return await setMaximum(services, current, count, live);
    const definition = config ? configCopy(current) : undefined;
    if (live) checkCount(current.current(), count, 'live');
    if (definition !== undefined) checkCount(definition, count, 'persistent');
    if (live) await plugVcpus(services, runningGuest(services, current), count, job);
    if (definition === undefined) return;
    setCurrentVcpus(definition, count);
    for (const entry of definition.vcpus ?? []) entry.enabled = entry.id < count;
    await services.store.define(definition);
  });
}

function checkCount({ vcpu }: Domain, count: number, which: 'live' | 'persistent'): void {
  if (count <= vcpu.count) return;
  throw virtError(
    'INVALID_ARG',
    `requested vcpus is greater than max allowable vcpus for the ${which} domain: ${count} > ${vcpu.count}`,
  );
}

async function setMaximum(services: QemuServices, guest: Guest, count: number, live: boolean): Promise<void> {
  if (live) throw virtError('OPERATION_INVALID', "maximum vcpu count of a live domain can't be modified");
  const definition = configCopy(guest);
  const topology = definition.cpu?.topology;
  if (topology !== undefined) {
    const places =
      topology.sockets * (topology.dies ?? 1) * (topology.clusters ?? 1) * topology.cores * topology.threads;
    if (places !== count) throw virtError('INVALID_ARG', "CPU topology doesn't match the desired vcpu count");
  }
  const now = Math.min(currentVcpus(definition), count);
  definition.vcpu.count = count;
  setCurrentVcpus(definition, now);
  delete definition.vcpus;
  await services.store.define(definition);
}

/** The guest itself takes CPUs in and out of use. */
async function setInGuest(services: QemuServices, guest: Guest, count: number): Promise<void> {
  const { live, definition } = runningGuest(services, guest, notRunningHere);
  if (count > currentVcpus(definition)) {
    throw virtError(
      'INVALID_ARG',
      `requested vcpu count is greater than the count of enabled vcpus in the domain: ${count} > ${currentVcpus(definition)}`,
    );
  }
  const agent = await agentOf(guest, live);
  const cpus = objectsOf(await asAgentErrors(agent.execute('guest-get-vcpus')));
  const vcpus = cpus.map((cpu, index) => ({ 'logical-id': numberAt(cpu, 'logical-id'), online: index < count }));
  await asAgentErrors(agent.execute('guest-set-vcpus', { vcpus }));
}

/** @libvirt virDomainGetVcpusFlags */
export async function vcpuCount(
  services: QemuServices,
  guest: Guest,
  target: Target & { readonly maximum?: boolean; readonly guest?: boolean },
  call: Call,
): Promise<number> {
  const { live } = effectiveTarget(guest, target);
  const definition = live ? guest.current() : (guest.config() ?? guest.current());
  if (target.guest !== true) return target.maximum === true ? definition.vcpu.count : currentVcpus(definition);
  if (!live)
    throw virtError('INVALID_ARG', 'vCPU count provided by the guest agent can only be requested for live domains');
  call.signal.throwIfAborted();
  const running = runningGuest(services, guest);
  const agent = await agentOf(guest, running.live);
  const cpus = objectsOf(await asAgentErrors(agent.execute('guest-get-vcpus')));
  return target.maximum === true ? cpus.length : cpus.filter((cpu) => cpu['online'] === true).length;
}
