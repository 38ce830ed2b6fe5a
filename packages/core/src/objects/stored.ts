import { InternalError } from '@virtkit/schema';
import type { ObjectRef } from '../contract/references.js';
import type { LiveChange, StoredObject } from '../contract/state.js';
import { ObjectJobs } from '../jobs/object-jobs.js';

/** Numbers the changes of all objects of a store: a new object under a former one's UUID is told from it. */
export class Generations {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

/** One object of a store. Only the store changes it, and every change raises `generation`. */
export class Stored<D, R> implements StoredObject<D, R> {
  readonly jobs = new ObjectJobs();
  #name: string;
  #id: number | undefined;
  #autostart = false;
  /** What will be persistent with the next live definition, and the live one before that. */
  #kept: { readonly digest: string; readonly live: D | undefined } | undefined;
  #generation = 0;
  #live: { definition: D; runtime: R } | undefined;
  #config: { readonly read: () => D } | undefined;
  #ref: (ObjectRef & { readonly id?: number }) | undefined;

  constructor(
    readonly uuid: string,
    name: string,
    private readonly generations: Generations,
  ) {
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }
  get ref(): ObjectRef & { readonly id?: number } {
    const { uuid, name, id } = this;
    this.#ref ??= id === undefined ? { uuid, name } : { uuid, name, id };
    return this.#ref;
  }
  get id(): number | undefined {
    return this.#id;
  }
  get active(): boolean {
    return this.#live !== undefined;
  }
  get persistent(): boolean {
    return this.#config !== undefined;
  }
  get autostart(): boolean {
    return this.#autostart;
  }
  get generation(): number {
    return this.#generation;
  }
  get runtime(): R | undefined {
    return this.#live?.runtime;
  }

  config(): D | undefined {
    return this.#config?.read();
  }

  current(): D {
    const definition = this.#live?.definition ?? this.#config?.read();
    if (definition === undefined) throw new InternalError(`${this.#name} is neither active nor persistent`);
    return definition;
  }

  /** The persistent definition from now on; `undefined`: none. */
  setConfig(name: string, read: (() => D) | undefined): void {
    this.#name = name;
    this.#config = read === undefined ? undefined : { read };
    this.changed();
  }

  /** The active definition and the driver's state from now on; `undefined`: not active any more. */
  setLive(live: { readonly definition: D; readonly runtime: R } | undefined, id: number | undefined): void {
    this.#live = live === undefined ? undefined : { ...live };
    this.#id = id;
    this.changed();
  }

  /** Answers what was there before. */
  replaceLive(change: LiveChange<D, R>): { readonly definition: D; readonly runtime: R } {
    const before = this.#live;
    if (before === undefined) throw new InternalError(`${this.#name} is not active`);
    this.setLive(
      { definition: change.definition ?? before.definition, runtime: change.runtime ?? before.runtime },
      this.#id,
    );
    return before;
  }

  /** Of `before`, what `change` replaced and nothing else has replaced since. */
  unchangedSince(change: LiveChange<D, R>, before: { readonly definition: D; readonly runtime: R }): LiveChange<D, R> {
    return {
      ...(this.#live?.definition === change.definition && { definition: before.definition }),
      ...(this.#live?.runtime === change.runtime && { runtime: before.runtime }),
    };
  }

  /** Digest of the persistent definition that is kept with the live one of now, while both are written. */
  get keptWith(): string | undefined {
    return this.#kept?.live === this.#live?.definition ? undefined : this.#kept?.digest;
  }

  /** From the next live definition on, it goes with the persistent one of this digest; `undefined`: with none. */
  keepWith(digest: string | undefined): void {
    this.#kept = digest === undefined ? undefined : { digest, live: this.#live?.definition };
  }

  setAutostart(value: boolean): void {
    this.#autostart = value;
    this.changed();
  }

  changed(): void {
    this.#generation = this.generations.next();
    this.#ref = undefined;
  }
}
