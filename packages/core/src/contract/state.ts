import type { ErrorOrigin } from '@virtkit/schema';
import type { Pieces } from '@virtkit/xml';
import type { Call } from './call.js';
import type { ObjectRef } from './references.js';

/**
 * One object whose state this host owns. A definition is parsed when first asked for and must not be changed in
 * place: every change goes through the store, which writes, raises `generation` and drops cached documents.
 */
export interface StoredObject<D, R = unknown> {
  readonly uuid: string;
  readonly name: string;
  readonly ref: ObjectRef & { readonly id?: number };
  /** Present while active. */
  readonly id: number | undefined;
  readonly active: boolean;
  readonly persistent: boolean;
  readonly autostart: boolean;
  readonly generation: number;
  /** The persistent definition; undefined for a transient object. */
  config(): D | undefined;
  /** The active one, else the persistent one. */
  current(): D;
  /** The driver's own live state (monitor, process, leases …), present while active. */
  readonly runtime: R | undefined;
}

/** How one kind of object lies on disk, and what its errors are called. */
export interface ObjectKind<D, R = unknown> {
  readonly what: 'domain' | 'network' | 'storagePool';
  /** Which of libvirt's error domains a vanished object is reported from; default: the kind's own. */
  readonly origin?: ErrorOrigin;
  /** Below the configuration directory: `qemu`, `qemu/networks`, `storage`. */
  readonly directory: string;
  /** Below the runtime directory, for status documents: `qemu`, `network`, `storage`. */
  readonly statusDirectory: string;
  /** Active objects of this kind have a number (domains). */
  readonly numbered: boolean;
  nameOf(definition: D): string;
  uuidOf(definition: D): string;
  parse(text: string, path: string): D;
  /** In pieces where it may be long: a pause may come between any two. */
  format(definition: D): string | Pieces<string>;
  /** The status document of an active object, and back. Undefined: state is not kept over a restart. */
  formatStatus?(object: StoredObject<D, R>): string | Pieces<string>;
  parseStatus?(text: string, path: string): { readonly definition: D; readonly runtime: R; readonly id?: number };
}

/** An object that could not be loaded: reported, skipped, never deleted. */
export interface LoadFailure {
  readonly path: string;
  readonly cause: unknown;
}

/** What of an active object is replaced. */
export interface LiveChange<D, R = unknown> {
  readonly definition?: D;
  readonly runtime?: R;
}

/**
 * The registry of one kind: persistent and transient objects by uuid, name and id, their files and autostart links.
 * Whatever a promise here answered survives the end of the daemon at any moment (see `DurableFiles`).
 */
export interface ObjectStore<D, R = unknown> {
  /** Reads the directories; called once by the owner's service. Objects with a status document come back active. */
  load(): Promise<readonly LoadFailure[]>;
  all(): Iterable<StoredObject<D, R>>;
  byUuid(uuid: string): StoredObject<D, R> | undefined;
  byName(name: string): StoredObject<D, R> | undefined;
  byId(id: number): StoredObject<D, R> | undefined;
  /** New, or replaces the one with this uuid; refuses a name or uuid that belongs to another, with libvirt's error. */
  define(definition: D): Promise<StoredObject<D, R>>;
  /**
   * Writes the definition aside, runs `act`, and puts it in place: where one of them fails, nothing is defined. Without a
   * definition `act` is all there is to do.
   */
  defineAfter(definition: D | undefined, act: () => Promise<void>): Promise<void>;
  /** Removes the persistent definition; an active object becomes transient. */
  undefine(object: StoredObject<D, R>): Promise<void>;
  rename(object: StoredObject<D, R>, definition: D): Promise<void>;
  setAutostart(object: StoredObject<D, R>, value: boolean): Promise<void>;
  /** Reserves name, uuid and id for a start; `transient` when the definition is not in the store. */
  activate(definition: D, options: { readonly transient: boolean; readonly runtime: R }): Promise<StoredObject<D, R>>;
  /**
   * Replaces the active definition, the runtime or both, and writes the status document. Where that cannot be written,
   * what was known before is known again.
   */
  updateLive(object: StoredObject<D, R>, change: LiveChange<D, R>): Promise<void>;
  /** The same for what happened whether it can be written or not: it is known from now on, and written with the next. */
  noteLive(object: StoredObject<D, R>, change: LiveChange<D, R>): Promise<void>;
  /** A reader's view changed without a document (statistics period, balloon): raises `generation`. */
  touch(object: StoredObject<D, R>): void;
  /** Drops status document and id; a transient object vanishes. */
  deactivate(object: StoredObject<D, R>): Promise<void>;
  /**
   * Runs as the only job of its sort on this object: `modify` excludes `modify`; `query` waits for nobody; `destroy`
   * aborts the signal of the job in progress and goes before all that wait. The object is looked up again before
   * `body` runs, so one that vanished meanwhile gives the kind's `no …` error. A job that waits for 30 s is refused
   * with `OPERATION_TIMEOUT`.
   */
  run<T>(
    object: StoredObject<D, R>,
    job: 'query' | 'modify' | 'destroy',
    call: Pick<Call, 'signal'>,
    body: (object: StoredObject<D, R>, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}
