import type { Call, DomainEvent, DomainRef, LifecycleFacet, StartOptions, Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { testError } from '../errors.js';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

/** Starting and stopping guests; each change is told to those who watch before the call is answered. */
export class TestLifecycle implements LifecycleFacet {
  constructor(private readonly world: World) {}

  start(ref: DomainRef, options: StartOptions, call: Call): Promise<DomainRef> {
    const domain = this.world.domain(ref);
    if (domain.active || domain.config === undefined) throw testError('OPERATION_INVALID', 'domain is already running');
    const saved = options.forceBoot === true ? undefined : domain.managedSave;
    domain.managedSave = undefined;
    this.world.start(
      domain,
      saved ?? domain.config,
      saved === undefined ? 'booted' : 'restored',
      options.paused === true,
    );
    this.#started(domain, saved === undefined ? 'booted' : 'restored', options, call);
    return Promise.resolve(domain.ref);
  }

  createTransient(definition: Domain, options: StartOptions, call: Call): Promise<DomainRef> {
    const domain = this.world.enter(definition);
    if (domain.active) throw testError('OPERATION_INVALID', `domain is already active as '${domain.name}'`);
    this.world.start(domain, definition, 'booted', options.paused === true);
    this.#started(domain, 'booted', options, call);
    return Promise.resolve(domain.ref);
  }

  shutdown(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    this.#stop(domain, 'shutdown');
    return Promise.resolve();
  }

  destroy(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    this.#stop(domain, 'destroyed');
    return Promise.resolve();
  }

  reboot(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    const action = domain.current.onReboot;
    if (action === 'destroy') this.#stop(domain, 'shutdown');
    else {
      domain.set('running', 'booted');
      this.#emit(domain, { type: 'reboot' });
    }
    return Promise.resolve();
  }

  reset(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    domain.set('running', 'booted');
    this.#emit(domain, { type: 'reboot' });
    return Promise.resolve();
  }

  suspend(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    domain.set('paused', 'user');
    this.#lifecycle(domain, 'suspended', 'paused');
    return Promise.resolve();
  }

  resume(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    if (domain.state.state !== 'paused') throw testError('INTERNAL_ERROR', `domain '${domain.name}' not paused`);
    domain.set('running', 'unpaused');
    this.#lifecycle(domain, 'resumed', 'unpaused');
    return Promise.resolve();
  }

  pmSuspend(ref: DomainRef, target: 'mem' | 'disk' | 'hybrid'): Promise<void> {
    const domain = this.#active(ref);
    domain.set('pmsuspended', 'unknown');
    this.#lifecycle(domain, 'pmsuspended', target === 'disk' ? 'disk' : 'memory');
    return Promise.resolve();
  }

  pmWakeup(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    if (domain.state.state !== 'pmsuspended')
      throw testError('OPERATION_INVALID', 'Unable to wake up domain since it is not suspended');
    domain.set('running', 'wakeup');
    this.#lifecycle(domain, 'started', 'wakeup');
    return Promise.resolve();
  }

  injectNmi(ref: DomainRef): Promise<void> {
    this.#active(ref);
    return Promise.resolve();
  }

  signalProcess(ref: DomainRef, pid: bigint): Promise<void> {
    const domain = this.#active(ref);
    if (pid !== 1n) throw testError('OPERATION_UNSUPPORTED', 'only sending a signal to pid 1 is supported');
    this.#stop(domain, 'shutdown');
    return Promise.resolve();
  }

  setLifecycleAction(
    ref: DomainRef,
    event: 'poweroff' | 'reboot' | 'crash',
    action: string,
    target: Target,
  ): Promise<void> {
    this.world.domain(ref).change(target, (definition) => {
      const fields = { poweroff: 'onPoweroff', reboot: 'onReboot', crash: 'onCrash' } as const;
      Object.assign(definition, { [fields[event]]: action });
    });
    return Promise.resolve();
  }

  #active(ref: DomainRef): TestDomain {
    const domain = this.world.domain(ref);
    domain.requireActive();
    return domain;
  }

  #started(domain: TestDomain, detail: string, options: StartOptions, call: Call): void {
    this.#lifecycle(domain, 'started', detail);
    if (options.paused === true) this.#lifecycle(domain, 'suspended', 'paused');
    if (options.autodestroy !== true) return;
    const { id } = domain;
    call.scope.onClose(async () => {
      if (domain.id === id) this.#stop(domain, 'destroyed');
    });
  }

  #stop(domain: TestDomain, detail: string): void {
    const { ref } = domain;
    this.world.stop(domain, detail);
    this.world.listeners.domain({ uuid: ref.uuid, name: ref.name }, { type: 'lifecycle', event: 'stopped', detail });
  }

  #lifecycle(domain: TestDomain, event: string, detail: string): void {
    this.#emit(domain, { type: 'lifecycle', event, detail });
  }

  #emit(domain: TestDomain, event: DomainEvent): void {
    this.world.listeners.domain(domain.ref, event);
  }
}
