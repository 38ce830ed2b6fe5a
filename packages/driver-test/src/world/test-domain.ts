import type { DomainRef, DomainSnapshot, DomainState, DomainStateName, DomainSummary, Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { testError } from '../errors.js';

export interface TestSnapshot {
  readonly name: string;
  readonly parent: string | undefined;
  readonly definition: DomainSnapshot;
}
export interface TestCheckpoint {
  readonly name: string;
  readonly parent: string | undefined;
  readonly description: string | undefined;
  /** Seconds since the epoch. */
  readonly time: string;
  /** The guest as it was then. */
  readonly guest: Domain;
}

/** One guest of a test world: its two definitions, its state, and what hangs on it. */
export class TestDomain {
  id: number | undefined;
  state: DomainState = { state: 'shutoff', reason: 'unknown' };
  config: Domain | undefined;
  live: Domain | undefined;
  autostart = false;
  autostartOnce = false;
  managedSave: Domain | undefined;
  readonly snapshots = new Map<string, TestSnapshot>();
  currentSnapshot: string | undefined;
  readonly checkpoints = new Map<string, TestCheckpoint>();
  /** Seconds since the epoch of the last start. */
  startedAt = 0;
  generation = 0;
  /** Mount points a client froze. */
  readonly frozen = new Set<string>();
  readonly parameters = new Map<string, Map<string, number | bigint | string | boolean>>();

  constructor(
    readonly uuid: string,
    public name: string,
  ) {}

  get ref(): DomainRef {
    const { uuid, name, id } = this;
    return id === undefined ? { uuid, name } : { uuid, name, id };
  }
  get active(): boolean {
    return this.id !== undefined;
  }
  get persistent(): boolean {
    return this.config !== undefined;
  }

  summary(): DomainSummary {
    return {
      ref: this.ref,
      active: this.active,
      persistent: this.persistent,
      autostart: this.autostart,
      autostartOnce: this.autostartOnce,
      state: this.state,
      hasManagedSave: this.managedSave !== undefined,
      snapshots: this.snapshots.size,
      checkpoints: this.checkpoints.size,
      ...(this.current.title !== undefined && { title: this.current.title }),
    };
  }

  get current(): Domain {
    const definition = this.live ?? this.config;
    if (definition === undefined) throw testError('INTERNAL_ERROR', `domain '${this.name}' has no definition`);
    return definition;
  }

  set(state: DomainStateName, reason: string): void {
    this.state = { state, reason };
    this.generation += 1;
  }

  requireActive(): void {
    if (!this.active) throw testError('OPERATION_INVALID', 'domain is not running');
  }

  /** The definitions a change is meant for: those asked for, else the current one. */
  targets(target: Target): readonly Domain[] {
    const live = target.live === true || (target.config !== true && this.active);
    const config = target.config === true || (target.live !== true && !this.active);
    if (live) this.requireActive();
    if (config && this.config === undefined)
      throw testError('OPERATION_INVALID', 'transient domains do not have any persistent config');
    return [live ? this.live : undefined, config ? this.config : undefined].filter((one) => one !== undefined);
  }

  /** Changes a copy of each definition, so that what was handed out before stays as it was. */
  change(target: Target, apply: (definition: Domain) => void): void {
    const chosen = this.targets(target);
    const changed = new Map(chosen.map((definition) => [definition, structuredClone(definition)]));
    for (const definition of changed.values()) apply(definition);
    if (this.live !== undefined) this.live = changed.get(this.live) ?? this.live;
    if (this.config !== undefined) this.config = changed.get(this.config) ?? this.config;
    this.generation += 1;
  }
}
