import type { Call, DomainRef, GuestStopMethod, LifecycleFacet, StartOptions } from '@virtkit/core';
import { hasErrorName, type Domain } from '@virtkit/schema';
import { asAgentErrors } from '../agent/agent-failure.js';
import { agentOf } from '../guests/agent-channel.js';
import { notRunning, notRunningHere, virtError } from '../errors.js';
import { changeRuntime } from '../guests/change-guest.js';
import { guestOf, runningGuest, stateOf, type RunningGuest } from '../guests/find-guest.js';
import { jobCall } from '../guests/job-call.js';
import type { Guest } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';
import { startDefined, startTransient } from '../guests/start-guest.js';
import { finishGuest, killQemu } from '../guests/stop-guest.js';
import { GuestLog } from '../process/log-file.js';
import { logPath } from '../process/guest-paths.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { agentPowers } from './guest-power.js';
import { setLifecycleAction } from './lifecycle-action.js';

/** Starting, stopping and everything between. */
export class QemuLifecycle implements LifecycleFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  start(domain: DomainRef, options: StartOptions, call: Call): Promise<DomainRef> {
    return startDefined(this.#services, guestOf(this.#services, domain), options, call);
  }

  createTransient(definition: Domain, options: StartOptions, call: Call): Promise<DomainRef> {
    return startTransient(this.#services, definition, options, call);
  }

  async destroy(
    domain: DomainRef,
    options: { readonly graceful?: boolean; readonly removeLogs?: boolean },
    call: Call,
  ): Promise<void> {
    const services = this.#services;
    const guest = guestOf(services, domain);
    await services.store.run(guest, 'destroy', call, (current) =>
      destroyNow(services, current, options.graceful === true),
    );
    if (options.removeLogs === true) await new GuestLog(logPath(services.paths, guest.name)).remove();
  }

  shutdown(domain: DomainRef, options: { readonly via?: readonly GuestStopMethod[] }, call: Call): Promise<void> {
    const body = async (running: RunningGuest): Promise<void> => {
      const reboots = running.definition.onPoweroff === 'restart';
      await agentPowers(this.#services, running, options.via ?? [], { reboot: reboots });
    };
    return this.#modify(domain, call, body, notRunningHere);
  }

  reboot(domain: DomainRef, options: { readonly via?: readonly GuestStopMethod[] }, call: Call): Promise<void> {
    return this.#modify(domain, call, async (running) => {
      const { onReboot } = running.definition;
      const reboots = onReboot !== 'destroy' && onReboot !== 'preserve';
      await agentPowers(this.#services, running, options.via ?? [], { reboot: reboots });
    });
  }

  suspend(domain: DomainRef, call: Call): Promise<void> {
    return this.#modify(domain, call, async ({ live, monitor, runtime }, job) => {
      if (runtime.state.state === 'pmsuspended') throw virtError('OPERATION_INVALID', 'domain is pmsuspended');
      if (runtime.state.state === 'paused') return;
      live.pausing = 'user';
      await monitor.execute('stop', undefined, job);
      await live.settled();
    });
  }

  resume(domain: DomainRef, call: Call): Promise<void> {
    return this.#modify(domain, call, async ({ guest, live, monitor }, job) => {
      const { state } = stateOf(this.#services, guest);
      if (state === 'pmsuspended') throw virtError('OPERATION_INVALID', 'domain is pmsuspended');
      if (state === 'running') throw virtError('OPERATION_INVALID', 'domain is already running');
      live.resuming = 'unpaused';
      await monitor.execute('cont', undefined, job);
      await live.settled();
    });
  }

  reset(domain: DomainRef, call: Call): Promise<void> {
    return this.#modify(domain, call, async ({ live, monitor }, job) => {
      await monitor.execute('system_reset', undefined, job);
      await live.settled();
    });
  }

  pmSuspend(domain: DomainRef, target: 'mem' | 'disk' | 'hybrid', durationSeconds: bigint, call: Call): Promise<void> {
    if (durationSeconds !== 0n) throw virtError('ARGUMENT_UNSUPPORTED', 'Duration not supported. Use 0 for now');
    const body = async ({ guest, live }: RunningGuest): Promise<void> => {
      const agent = await agentOf(guest, live);
      // Like the shutdown, it is answered by the guest going to sleep.
      const command = { mem: 'guest-suspend-ram', disk: 'guest-suspend-disk', hybrid: 'guest-suspend-hybrid' }[target];
      await asAgentErrors(agent.execute(command)).catch((cause: unknown) => {
        if (!hasErrorName(cause, 'AGENT_COMMAND_TIMEOUT') && !hasErrorName(cause, 'AGENT_UNRESPONSIVE')) throw cause;
        if (stateOf(this.#services, guest).state !== 'pmsuspended' && guest.active) throw cause;
      });
    };
    return this.#modify(domain, call, body, notRunningHere);
  }

  pmWakeup(domain: DomainRef, call: Call): Promise<void> {
    return this.#modify(domain, call, async ({ live, monitor }, job) => {
      await monitor.execute('system_wakeup', undefined, job);
      await live.settled();
    });
  }

  injectNmi(domain: DomainRef, call: Call): Promise<void> {
    return this.#modify(
      domain,
      call,
      async ({ monitor }, job) => void (await monitor.execute('inject-nmi', undefined, job)),
    );
  }

  setLifecycleAction(
    domain: DomainRef,
    event: 'poweroff' | 'reboot' | 'crash',
    action: string,
    target: { readonly live?: boolean; readonly config?: boolean },
    call: Call,
  ): Promise<void> {
    return setLifecycleAction(this.#services, guestOf(this.#services, domain), event, action, target, call);
  }

  #modify(
    domain: DomainRef,
    call: Call,
    body: (running: RunningGuest, job: Call) => Promise<void>,
    refuse = notRunning,
  ): Promise<void> {
    const services = this.#services;
    const guest = guestOf(services, domain);
    runningGuest(services, guest, refuse);
    return services.store.run(guest, 'modify', call, (current, signal) =>
      asClientErrors(body(runningGuest(services, current, refuse), jobCall(call, signal))),
    );
  }
}

/** Ends the guest at once; with `graceful` only as far as QEMU ends by itself. */
async function destroyNow(services: QemuServices, guest: Guest, graceful: boolean): Promise<void> {
  const { runtime } = guest;
  if (!guest.active || runtime === undefined) throw notRunning();
  const live = services.live.get(guest.uuid);
  if (live === undefined) throw notRunning();
  live.stopping ??= 'destroyed';
  if (runtime.fakeReboot) await changeRuntime(services, guest, { fakeReboot: false });
  if (runtime.process !== undefined) await killQemu(runtime.process, { force: !graceful });
  if (live.monitor !== undefined) await live.ended;
  await finishGuest(services, guest, live, live.stopping);
}
