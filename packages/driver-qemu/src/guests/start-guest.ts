import type { Call, DomainRef, StartOptions } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { writeFile } from 'node:fs/promises';
import { domainError, virtError } from '../errors.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { applyFindings, findOut } from '../start/after-launch.js';
import { bindGuestThreads } from '../start/bind-threads.js';
import { settle } from '../start/settle.js';
import { startCommand } from '../start/command-line.js';
import { releaseDisplays } from '../start/displays.js';
import { connectMonitor, identityOf, spawnQemu } from '../start/launch-qemu.js';
import { openResources } from '../start/open-resources.js';
import type { StartPlan } from '../start/plan.js';
import { planStart } from '../start/plan-start.js';
import { joinGroup } from '../process/guest-group.js';
import { noResources, type QemuRuntime } from '../status/runtime.js';
import { agentChannel } from './agent-channel.js';
import { changeLive, changeRuntime, emit, emitLifecycle } from './change-guest.js';
import { jobCall } from './job-call.js';
import { LiveGuest } from './live-guest.js';
import { handleEvent } from './monitor-events.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';
import { finishGuest, guestEnded } from './stop-guest.js';
import { tiedToConnection } from './autodestroy.js';

/** Starts a defined guest. @libvirt virDomainCreateWithFlags */
export async function startDefined(
  services: QemuServices,
  guest: Guest,
  options: StartOptions,
  call: Call,
): Promise<DomainRef> {
  return await services.store.run(guest, 'modify', call, async (current, signal) => {
    if (current.active) throw virtError('OPERATION_INVALID', 'domain is already running');
    const definition = current.config();
    if (definition === undefined) throw virtError('OPERATION_INVALID', 'domain is not defined');
    const active = await services.store.activate(definition, { transient: false, runtime: initial(options) });
    return await start(services, active, options, jobCall(call, signal));
  });
}

/** Starts a guest without keeping its definition. @libvirt virDomainCreateXML */
export async function startTransient(
  services: QemuServices,
  definition: Domain,
  options: StartOptions,
  call: Call,
): Promise<DomainRef> {
  const known = definition.uuid === undefined ? undefined : services.store.byUuid(definition.uuid);
  if (known?.active === true) {
    throw domainError('OPERATION_INVALID', `domain '${known.name}' is already active`);
  }
  const guest = await services.store.activate(definition, {
    transient: known === undefined,
    runtime: initial(options),
  });
  return await services.store.run(guest, 'modify', call, (current, signal) =>
    start(services, current, options, jobCall(call, signal)),
  );
}

const initial = ({ autodestroy }: StartOptions): QemuRuntime => ({
  phase: 'starting',
  state: { state: 'paused', reason: 'starting-up' },
  folder: '',
  monitor: '',
  channels: '',
  resources: noResources,
  vcpus: [],
  autodestroy: autodestroy === true,
  fakeReboot: false,
  nodeIndex: 0,
  taints: [],
});

async function start(services: QemuServices, guest: Guest, options: StartOptions, call: Call): Promise<DomainRef> {
  const live = new LiveGuest(guest.uuid);
  services.live.set(guest.uuid, live);
  let plan: StartPlan | undefined;
  try {
    plan = await planStart(services, guest, guest.current());
    call.signal.throwIfAborted();
    await launch(services, guest, live, plan, options, call);
    await run(services, guest, live, options);
  } catch (cause) {
    if (plan !== undefined) releaseDisplays(plan.definition, services.displays);
    await finishGuest(services, guest, live, live.stopping ?? 'failed');
    throw cause;
  }
  if (options.autodestroy === true) tiedToConnection(services, guest, live, call);
  return guest.ref;
}

/** Writes down what will be made, makes it, starts QEMU and learns what it made of the definition. */
async function launch(
  services: QemuServices,
  guest: Guest,
  live: LiveGuest,
  plan: StartPlan,
  options: StartOptions,
  call: Call,
): Promise<void> {
  const { definition, resources, paths, nodeIndex } = plan;
  await changeLive(services, guest, (_runtime, { cpu }) => ({
    definition,
    runtime: {
      folder: paths.folder,
      monitor: paths.monitor,
      channels: paths.channels,
      resources,
      nodeIndex,
      ...(cpu === undefined ? {} : { originalCpu: cpu }),
    },
  }));
  await using opened = await openResources(services, plan, { resetNvram: options.resetNvram === true });
  call.signal.throwIfAborted();
  const command = startCommand(services, plan, opened.resources);
  const { child, logFrom } = await spawnQemu(services, plan, command, opened);
  const identity = await identityOf(child, paths.log, logFrom);
  const known = Promise.all([
    changeRuntime(services, guest, { process: identity }),
    writeFile(paths.pidFile, `${identity.pid}\n`, { mode: 0o644 }),
    opened[Symbol.asyncDispose](),
  ]);
  await bothEnd(
    known.then(() => attachMonitor(services, guest, live, plan, logFrom, call.signal)),
    joinGroup(services, plan, identity.pid),
  );
}

/** Like `Promise.all`, but nothing goes on behind a failure. */
async function bothEnd(...work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}

async function attachMonitor(
  services: QemuServices,
  guest: Guest,
  live: LiveGuest,
  plan: StartPlan,
  logFrom: number,
  signal: AbortSignal,
): Promise<void> {
  const monitor = await connectMonitor(plan, logFrom, monitorListeners(services, guest, live), signal);
  live.attach(monitor);
  const [findings, cpu] = await asClientErrors(
    Promise.all([
      findOut(monitor, plan.definition),
      services.guestCpus.find(monitor, plan),
      settle(monitor, plan.definition),
    ]),
  );
  const { vcpus } = findings;
  await bindGuestThreads(services, monitor, plan.definition, { pid: guest.runtime?.process?.pid ?? 0, vcpus });
  const definition = structuredClone(plan.definition);
  applyFindings(definition, findings);
  services.guestCpus.apply(definition, cpu);
  await changeLive(services, guest, () => ({
    definition,
    runtime: { phase: 'active', vcpus },
  }));
}

/** What a guest's monitor says goes to those who watch it, and to the guest's own queue. */
export const monitorListeners = (services: QemuServices, guest: Guest, live: LiveGuest) => ({
  onEvent: (event: Parameters<typeof handleEvent>[0]['event']): void => {
    services.watchers.tell(guest.ref, event);
    handleEvent({ services, guest, live, event });
  },
  onClose: (cause: Parameters<LiveGuest['end']>[0]): void => {
    live.end(cause);
    // A start that fails and a destroy clean up by themselves; whoever comes first does it for both.
    if (guest.runtime?.phase === 'active' && !live.isLetGo) void guestEnded(services, guest, live);
  },
});

/** Lets it run, unless it was to be started paused; then tells clients. */
async function run(services: QemuServices, guest: Guest, live: LiveGuest, options: StartOptions): Promise<void> {
  announceAgent(services, guest);
  if (options.paused === true) {
    await changeRuntime(services, guest, { state: { state: 'paused', reason: 'user' } });
    emitLifecycle(services, guest, 'started', 'booted');
    return emitLifecycle(services, guest, 'suspended', 'paused');
  }
  live.resuming = 'booted';
  await asClientErrors(live.monitor?.execute('cont') ?? Promise.resolve(undefined));
  await live.settled();
  emitLifecycle(services, guest, 'started', 'booted');
}

/** Clients learn of an agent's channel when the guest starts. */
function announceAgent(services: QemuServices, guest: Guest): void {
  if (agentChannel(guest.current()) === undefined) return;
  emit(services, guest, { type: 'agentLifecycle', state: 'disconnected', reason: 'domain-started' });
}
