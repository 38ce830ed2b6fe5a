import { after, type Answer, answered } from '../../contract/answer.js';
import type { Call, JobProgress } from '../../contract/call.js';
import type { Connection } from '../../contract/connection.js';
import type { DomainSummary } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import { functionRules } from '../access/function-rules.js';
import type { DomainJobs } from '../../jobs/domain-jobs.js';
import type { AccessObjectKind, AccessPolicy, AccessSubject } from '../access/policy.js';
import { applies, type FunctionRule } from '../access/rule.js';
import { accessDenied, noDomain, readOnlyPrevents, unsupportedFunction } from '../errors.js';
import type { DriverIdentity } from '../driver-identity.js';
import { refuseUnknownOptions } from './accept.js';
import type { FacetOf, Step } from './step.js';
import type { Operation } from '../../contract/connection.js';
import type { Via } from './via.js';

/** A domain as a client names it. Only the uuid decides; the name appears in the error when there is no such domain. */
export interface DomainHandle {
  readonly uuid: string;
  readonly name?: string;
}
/** An object an access rule decides about. */
export interface AccessObject {
  readonly kind: AccessObjectKind;
  readonly name?: string;
  readonly uuid?: string;
  readonly pool?: string;
}

const nothing: Via = {};
/** Operations whose progress can be asked for and that can be cancelled. */
const longOperations: ReadonlySet<Operation> = new Set<Operation>([
  'savedImage.save',
  'savedImage.managedSave',
  'savedImage.coreDump',
  'migration.perform',
  'snapshot.create',
]);

/**
 * The way of every call, in libvirt's order: read-only refusal, support, accepted options, resolution, permission on
 * the resolved object, facet.
 */
export class Pipeline {
  constructor(
    readonly connection: Connection,
    readonly driver: DriverIdentity,
    readonly caller: Call,
    private readonly access: AccessPolicy | undefined,
    private readonly jobs: DomainJobs,
  ) {}

  /** Read-only refusal, support and accepted options: all that needs no object. */
  enter<O extends Operation>(step: Step<O>, options: object, via: Via | undefined): FacetOf<O> {
    const name = via?.function ?? step.function;
    this.refuseReadOnly(name, options);
    const facet = this.require(step, name);
    refuseUnknownOptions(step.operation, options, this.connection.accepts, via, { driver: this.driver, name });
    return facet;
  }

  /** The facet with that method, or libvirt's error for a function the driver lacks. */
  require<O extends Operation>(step: Step<O>, name: FunctionName): FacetOf<O> {
    const facet: object | undefined = this.connection[step.facet];
    if (facet === undefined || typeof Reflect.get(facet, step.method) !== 'function') throw unsupportedFunction(name);
    return facet as FacetOf<O>;
  }

  refuseReadOnly(name: FunctionName, options: object = nothing): void {
    if (!this.caller.readOnly) return;
    const rule: FunctionRule = functionRules[name];
    if (!rule.readOnly || writes(options)) throw readOnlyPrevents(name, options);
  }

  /** The call a facet gets. Allocates only when something differs from the session's own. */
  call(via: Via | undefined): Call {
    if (via === undefined || (via.signal === undefined && via.progress === undefined)) return this.caller;
    const { identity, readOnly, scope, signal, progress } = this.caller;
    return { identity, readOnly, scope, signal: via.signal ?? signal, progress: via.progress ?? progress };
  }

  /** Resolves by uuid, checks, calls. */
  async domain<O extends Operation, T>(
    step: Step<O>,
    handle: DomainHandle,
    options: object,
    via: Via | undefined,
    body: (facet: FacetOf<O>, domain: DomainSummary, call: Call) => Answer<T>,
  ): Promise<T> {
    return this.ask(step, handle, options, via, body);
  }

  /** The same, at once where the driver answers at once. */
  ask<O extends Operation, T>(
    step: Step<O>,
    handle: DomainHandle,
    options: object,
    via: Via | undefined,
    body: (facet: FacetOf<O>, domain: DomainSummary, call: Call) => Answer<T>,
  ): Answer<T> {
    return answered(() => {
      const facet = this.enter(step, options, via);
      return after(this.permitted(this.resolveDomain(handle), via?.function ?? step.function, options), (domain) =>
        this.onDomain(step, domain.ref.uuid, via, (call) => body(facet, domain, call)),
      );
    });
  }

  /** The domain, once it is found and the caller may use this function on it. */
  permitted(found: Answer<DomainSummary>, name: FunctionName, options: object = nothing): Answer<DomainSummary> {
    if (this.access === undefined) return found;
    return after(found, async (domain) => {
      await this.permitDomain(name, domain, options);
      return domain;
    });
  }

  /** Calls at once, or as the domain's job when the operation takes long. */
  onDomain<T>(step: Step, uuid: string, via: Via | undefined, body: (call: Call) => Answer<T>): Answer<T> {
    const call = this.call(via);
    if (!longOperations.has(step.operation)) return body(call);
    return this.jobs.run(uuid, step.operation, call.signal, async (signal, progress) => {
      const both = (done: JobProgress): void => {
        progress(done);
        call.progress(done);
      };
      return body({ identity: call.identity, readOnly: call.readOnly, scope: call.scope, signal, progress: both });
    });
  }

  /** What concerns the connection as a whole. */
  async connect<O extends Operation, T>(
    step: Step<O>,
    options: object,
    via: Via | undefined,
    body: (facet: FacetOf<O>, call: Call) => T | Promise<T>,
  ): Promise<T> {
    const facet = this.enter(step, options, via);
    if (this.access !== undefined) await this.permit(via?.function ?? step.function, { kind: 'connect' }, options);
    return body(facet, this.call(via));
  }

  resolveDomain(handle: DomainHandle): Answer<DomainSummary> {
    return after(this.connection.domain.find({ uuid: handle.uuid }, this.caller), (domain) => {
      if (domain === undefined) throw noDomain(this.driver, handle);
      return domain;
    });
  }

  permitDomain(name: FunctionName, domain: DomainSummary, options: object = nothing): Promise<void> {
    return this.permit(name, { kind: 'domain', name: domain.ref.name, uuid: domain.ref.uuid }, options);
  }

  /** Throws `access denied` unless every permission the function needs is granted on the object. */
  async permit(name: FunctionName, object: AccessObject, options: object = nothing): Promise<void> {
    if (this.access === undefined) return;
    const rule: FunctionRule = functionRules[name];
    for (const permission of rule.permissions) {
      if (!applies(permission, options)) continue;
      if (
        !(await this.allows({ ...object, permission: permission.permission, driver: this.driver.name, function: name }))
      )
        throw accessDenied();
    }
  }

  /** Only those the caller may know of. */
  async visible<T>(name: FunctionName, items: readonly T[], object: (item: T) => AccessObject): Promise<readonly T[]> {
    if (this.access === undefined) return items;
    const kept: T[] = [];
    for (const item of items) {
      const about = object(item);
      const subject = {
        ...about,
        permission: `${about.kind}:getattr`,
        driver: this.driver.name,
        function: name,
      } as const;
      if (await this.allows(subject)) kept.push(item);
    }
    return kept;
  }

  get hasRules(): boolean {
    return this.access !== undefined;
  }

  private async allows(subject: AccessSubject): Promise<boolean> {
    try {
      return (await this.access?.allows(this.caller.identity, subject)) ?? true;
    } catch {
      return false; // what cannot be decided is refused
    }
  }
}

/** Options that make an otherwise harmless function one that read-only connections may not call. */
function writes(options: object): boolean {
  const { secure, migratable, guest, agent } = options as Partial<Record<string, unknown>>;
  return secure === true || migratable === true || guest === true || agent === true;
}
