import type { OpenFile } from '../../contract/bytes.js';
import type { GuestStopMethod, StartOptions } from '../../contract/facets/domain.js';
import type { DomainRef, Target } from '../../contract/references.js';
import type { Domain } from '@virtkit/schema';
import { DomainQueries } from './domain-queries.js';
import type { AccessObject, DomainHandle } from './pipeline.js';
import { step } from './step.js';
import type { Via } from './via.js';

const start = step('lifecycle.start', 'virDomainCreateWithFlags');
const createTransient = step('lifecycle.createTransient', 'virDomainCreateXML');
const shutdown = step('lifecycle.shutdown', 'virDomainShutdownFlags');
const destroy = step('lifecycle.destroy', 'virDomainDestroyFlags');
const reboot = step('lifecycle.reboot', 'virDomainReboot');
const suspend = step('lifecycle.suspend', 'virDomainSuspend');
const resume = step('lifecycle.resume', 'virDomainResume');
const reset = step('lifecycle.reset', 'virDomainReset');
const pmSuspend = step('lifecycle.pmSuspend', 'virDomainPMSuspendForDuration');
const pmWakeup = step('lifecycle.pmWakeup', 'virDomainPMWakeup');
const injectNmi = step('lifecycle.injectNmi', 'virDomainInjectNMI');
const signalProcess = step('lifecycle.signalProcess', 'virDomainSendProcessSignal');
const setLifecycleAction = step('lifecycle.setLifecycleAction', 'virDomainSetLifecycleAction');
const none = {};

export interface CreateOptions extends StartOptions {
  /** Refuse what no table knows. @libvirt VIR_DOMAIN_START_VALIDATE */
  readonly validate?: boolean;
  readonly files?: readonly OpenFile[];
}

/** Starting, stopping and holding domains. */
export class DomainLifecycle extends DomainQueries {
  /** The reference carries the new number. */
  start(domain: DomainHandle, options: StartOptions = none, via?: Via): Promise<DomainRef> {
    return this.pipeline.domain(start, domain, options, via, (facet, { ref }, call) => facet.start(ref, options, call));
  }

  /** A document that is not kept: the domain vanishes when it stops. @libvirt virDomainCreateXML */
  async createTransient(document: string | Domain, options: CreateOptions = none, via?: Via): Promise<DomainRef> {
    const { pipeline, documents } = this.parts;
    const { validate, ...rest } = options;
    const facet = pipeline.enter(createTransient, rest, via);
    const call = pipeline.call(via);
    const definition =
      typeof document === 'string'
        ? await documents.domain(document, 'create', validate === true ? { validate } : none, call.signal)
        : await documents.prepareDomain(document, 'create', call.signal);
    await pipeline.permit(via?.function ?? createTransient.function, subject(definition), options);
    return facet.createTransient(definition, rest, call);
  }

  shutdown(
    domain: DomainHandle,
    options: { readonly via?: readonly GuestStopMethod[] } = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(shutdown, domain, options, via, (facet, { ref }, call) =>
      facet.shutdown(ref, options, call),
    );
  }

  destroy(
    domain: DomainHandle,
    options: { readonly graceful?: boolean; readonly removeLogs?: boolean } = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(destroy, domain, options, via, (facet, { ref }, call) =>
      facet.destroy(ref, options, call),
    );
  }

  reboot(
    domain: DomainHandle,
    options: { readonly via?: readonly GuestStopMethod[] } = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(reboot, domain, options, via, (facet, { ref }, call) =>
      facet.reboot(ref, options, call),
    );
  }

  suspend(domain: DomainHandle, via?: Via): Promise<void> {
    return this.pipeline.domain(suspend, domain, none, via, (facet, { ref }, call) => facet.suspend(ref, call));
  }

  resume(domain: DomainHandle, via?: Via): Promise<void> {
    return this.pipeline.domain(resume, domain, none, via, (facet, { ref }, call) => facet.resume(ref, call));
  }

  reset(domain: DomainHandle, via?: Via): Promise<void> {
    return this.pipeline.domain(reset, domain, none, via, (facet, { ref }, call) => facet.reset(ref, call));
  }

  pmSuspend(
    domain: DomainHandle,
    target: 'mem' | 'disk' | 'hybrid',
    durationSeconds: bigint,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(pmSuspend, domain, none, via, (facet, { ref }, call) =>
      facet.pmSuspend(ref, target, durationSeconds, call),
    );
  }

  pmWakeup(domain: DomainHandle, via?: Via): Promise<void> {
    return this.pipeline.domain(pmWakeup, domain, none, via, (facet, { ref }, call) => facet.pmWakeup(ref, call));
  }

  injectNmi(domain: DomainHandle, via?: Via): Promise<void> {
    return this.pipeline.domain(injectNmi, domain, none, via, (facet, { ref }, call) => facet.injectNmi(ref, call));
  }

  signalProcess(domain: DomainHandle, pid: bigint, signal: number, via?: Via): Promise<void> {
    return this.pipeline.domain(signalProcess, domain, none, via, (facet, { ref }, call) =>
      facet.signalProcess(ref, pid, signal, call),
    );
  }

  setLifecycleAction(
    domain: DomainHandle,
    event: 'poweroff' | 'reboot' | 'crash',
    action: string,
    target: Target = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(setLifecycleAction, domain, target, via, (facet, { ref }, call) =>
      facet.setLifecycleAction(ref, event, action, target, call),
    );
  }
}

/** A definition as an access rule sees it, before it becomes an object. */
export const subject = ({ name, uuid }: Domain): AccessObject => ({
  kind: 'domain',
  name,
  ...(uuid !== undefined && { uuid }),
});
