import { join } from 'node:path';
import { InternalError } from '@virtkit/schema';
import type { Call } from '../contract/call.js';
import type { Directories, DurableFiles, Logger } from '../contract/services.js';
import type { LiveChange, LoadFailure, ObjectKind, ObjectStore, StoredObject } from '../contract/state.js';
import type { JobKind } from '../jobs/object-jobs.js';
import { withHeader } from './file-header.js';
import { Numbers } from './numbers.js';
import { ObjectDirectory } from './object-directory.js';
import { digestOf, ObjectIndex } from './object-index.js';
import { loadObjects } from './object-loader.js';
import { refuseUnsafeName } from './object-name.js';
import { Slices } from '../slices/slices.js';
import { Recent } from './recent.js';
import { Renaming } from './renaming.js';
import { Registry } from './registry.js';
import { alreadyActive, vanished } from './store-errors.js';
import { finishStaged, withoutMarker } from './staged-definitions.js';
import { StatusFiles } from './status-files.js';
import { Generations, Stored } from './stored.js';
import { Turns } from '../contract/turns.js';

/** How many parsed persistent definitions are kept; the others are read again when they are asked for. */
const keptDefinitions = 1_000;

export interface FileStoreServices {
  readonly directories: Directories;
  readonly files: DurableFiles;
  readonly logger: Logger;
}

/** The registry of one kind of object, on disk. See `ObjectStore` for what it guarantees. */
export class FileStore<D, R = unknown> implements ObjectStore<D, R> {
  readonly #objects: Registry<Stored<D, R>>;
  readonly #configs: ObjectDirectory;
  readonly #statuses: ObjectDirectory;
  readonly #statusFiles: StatusFiles<D, R>;
  readonly #turns = new Turns();
  readonly #slices = new Slices();
  readonly #index: ObjectIndex;
  readonly #numbers: Numbers;
  readonly #generations = new Generations();
  readonly #renaming: Renaming;
  readonly #definitions = new Recent<string, D>(keptDefinitions);

  constructor(
    private readonly kind: ObjectKind<D, R>,
    private readonly services: FileStoreServices,
  ) {
    const { directories, files } = services;
    this.#objects = new Registry(kind.what);
    this.#configs = new ObjectDirectory(join(directories.config, kind.directory), files, 'power');
    this.#statuses = new ObjectDirectory(join(directories.run, kind.statusDirectory), files, 'daemon');
    this.#statusFiles = new StatusFiles(kind, this.#statuses, this.#slices);
    const index = join(directories.cache, `${kind.directory.replaceAll('/', '-')}.index`);
    this.#index = new ObjectIndex(index, (name) => this.#configs.stamp(name));
    this.#numbers = new Numbers(join(directories.run, kind.statusDirectory, '.last-number'));
    this.#renaming = new Renaming(this.#configs, files);
  }

  async load(): Promise<readonly LoadFailure[]> {
    this.#statuses.sweep();
    this.#numbers.load();
    const { found, failures } = loadObjects(this.kind, this.#configs, await this.#foundNames(), this.#index);
    const all = [...failures];
    const autostarted = this.#configs.autostarted();
    for (const { name, uuid, definition } of found) {
      const object = new Stored<D, R>(uuid, name, this.#generations);
      try {
        using reservation = this.#objects.reserve(uuid, name);
        if (definition !== undefined) this.#definitions.set(uuid, definition);
        object.setConfig(name, this.#reader(uuid, name));
        if (autostarted.has(name)) object.setAutostart(true);
        reservation.keep(object);
      } catch (cause) {
        all.push({ path: this.#configs.pathOf(name), cause });
      }
    }
    await this.#dropDangling(autostarted);
    all.push(...this.#loadStatuses());
    for (const { path, cause } of all)
      this.services.logger.error('document is unusable and was left alone', { path, cause });
    return all;
  }

  /** What is written later is found by reading it: the kernel has ended. */
  close(): void {
    this.#index.close();
  }

  all(): Iterable<StoredObject<D, R>> {
    return this.#objects.all();
  }
  byUuid(uuid: string): StoredObject<D, R> | undefined {
    return this.#objects.byUuid(uuid);
  }
  byName(name: string): StoredObject<D, R> | undefined {
    return this.#objects.byName(name);
  }
  byId(id: number): StoredObject<D, R> | undefined {
    return this.#objects.byId(id);
  }

  define(definition: D): Promise<StoredObject<D, R>> {
    return this.#define(definition);
  }

  async defineAfter(definition: D | undefined, act: () => Promise<void>): Promise<void> {
    if (definition === undefined) await act();
    else await this.#define(definition, act);
  }

  async undefine(object: StoredObject<D, R>): Promise<void> {
    const stored = this.#own(object);
    return this.#turns.run(stored.uuid, async () => {
      await this.#configs.remove(stored.name);
      await this.#configs.unlink(stored.name);
      this.#index.forget(stored.name);
      this.#definitions.delete(stored.uuid);
      stored.setConfig(stored.name, undefined);
      if (stored.autostart) stored.setAutostart(false);
      if (!stored.active) this.#objects.remove(stored);
    });
  }

  async rename(object: StoredObject<D, R>, definition: D): Promise<void> {
    const stored = this.#own(object);
    const [uuid, name] = this.#identify(definition);
    if (uuid !== stored.uuid) throw new InternalError('a rename does not change the uuid');
    return this.#turns.run(uuid, async () => {
      const from = stored.name;
      using reservation = this.#objects.reserveName(stored, name);
      const text = await this.#format(uuid, name, definition);
      await this.#renaming.run(uuid, from, name, text, stored.autostart);
      this.#index.forget(from);
      this.#index.add(name, uuid, digestOf(text));
      this.#setDefinition(stored, name, definition);
      reservation.keep(stored);
    });
  }

  async setAutostart(object: StoredObject<D, R>, value: boolean): Promise<void> {
    const stored = this.#own(object);
    return this.#turns.run(stored.uuid, async () => {
      if (value) await this.#configs.link(stored.name);
      else await this.#configs.unlink(stored.name);
      stored.setAutostart(value);
    });
  }

  async activate(
    definition: D,
    options: { readonly transient: boolean; readonly runtime: R },
  ): Promise<StoredObject<D, R>> {
    const [uuid, name] = this.#identify(definition);
    using reservation = this.#objects.reserve(uuid, name);
    const object = this.#objects.byUuid(uuid) ?? new Stored<D, R>(uuid, name, this.#generations);
    if (object.active) throw alreadyActive(this.kind.what, object.name);
    if (!options.transient && !object.persistent) throw new InternalError(`${name} is not defined`);
    object.setLive({ definition, runtime: options.runtime }, this.kind.numbered ? this.#numbers.next() : undefined);
    reservation.keep(object);
    try {
      await this.#writeStatus(object);
    } catch (error) {
      this.#forgetLive(object);
      throw error;
    }
    return object;
  }

  async updateLive(object: StoredObject<D, R>, change: LiveChange<D, R>): Promise<void> {
    const stored = this.#own(object);
    const before = stored.replaceLive(change);
    try {
      await this.#writeStatus(stored);
    } catch (error) {
      // Only what nobody replaced meanwhile; the file still holds it.
      if (stored.active) stored.replaceLive(stored.unchangedSince(change, before));
      throw error;
    }
  }

  async noteLive(object: StoredObject<D, R>, change: LiveChange<D, R>): Promise<void> {
    const stored = this.#own(object);
    stored.replaceLive(change);
    await this.#writeStatus(stored);
  }

  touch(object: StoredObject<D, R>): void {
    this.#own(object).changed();
  }

  async deactivate(object: StoredObject<D, R>): Promise<void> {
    const stored = this.#own(object);
    this.#forgetLive(stored);
    await this.#statusFiles.saved(stored);
  }

  run<T>(
    object: StoredObject<D, R>,
    job: JobKind,
    call: Pick<Call, 'signal'>,
    body: (object: StoredObject<D, R>, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const stored = this.#own(object);
    return stored.jobs.run(job, call.signal, async (signal) => {
      if (this.#objects.byUuid(stored.uuid) !== stored) throw vanished(this.kind, stored.uuid, stored.name);
      return body(stored, signal);
    });
  }

  async #define(definition: D, act?: () => Promise<void>): Promise<StoredObject<D, R>> {
    const [uuid, name] = this.#identify(definition);
    return this.#turns.run(uuid, async () => {
      using reservation = this.#objects.reserve(uuid, name);
      await this.#save(uuid, name, await this.#format(uuid, name, definition), act);
      const object = this.#objects.byUuid(uuid) ?? new Stored<D, R>(uuid, name, this.#generations);
      this.#setDefinition(object, name, definition);
      reservation.keep(object);
      return object;
    });
  }

  #identify(definition: D): readonly [uuid: string, name: string] {
    const name = this.kind.nameOf(definition);
    refuseUnsafeName(name);
    return [this.kind.uuidOf(definition), name];
  }

  async #format(uuid: string, name: string, definition: D): Promise<string> {
    return withHeader(this.kind.what, name, uuid, await this.#slices.text(this.kind.format(definition)));
  }

  #setDefinition(object: Stored<D, R>, name: string, definition: D): void {
    const { uuid } = object;
    this.#definitions.set(uuid, definition);
    object.setConfig(name, this.#reader(uuid, name));
  }

  /** Tools that manage configurations define the same guests again all day: then the disk need not be waited for. */
  async #save(uuid: string, name: string, text: string, act?: () => Promise<void>): Promise<void> {
    const digest = digestOf(text);
    if (this.#index.holds(name, digest)) return act?.();
    if (act === undefined) await this.#configs.write(name, text);
    else await this.#writeAfter(name, text, digest, act);
    this.#index.add(name, uuid, digest);
  }

  async #writeAfter(name: string, text: string, digest: string, act: () => Promise<void>): Promise<void> {
    const staged = await this.#configs.stage(name, text);
    const object = this.#objects.byName(name);
    object?.keepWith(digest);
    try {
      await act();
      await staged.commit();
    } catch (error) {
      await staged.discard();
      throw error;
    } finally {
      object?.keepWith(undefined);
    }
  }

  #reader(uuid: string, name: string): () => D {
    return () =>
      this.#definitions.get(uuid, () => this.kind.parse(this.#configs.read(name), this.#configs.pathOf(name)));
  }

  #forgetLive(object: Stored<D, R>): void {
    object.setLive(undefined, undefined);
    if (!object.persistent) this.#objects.remove(object);
    else this.#objects.add(object);
  }

  async #writeStatus(object: Stored<D, R>): Promise<void> {
    this.#objects.add(object);
    await this.#statusFiles.saved(object);
  }

  /** Names of the documents, when what a crash left behind is gone or finished. */
  async #foundNames(): Promise<readonly string[]> {
    const entries = this.#configs.entries();
    const finished = finishStaged(this.#configs, this.#statuses, entries);
    this.#configs.sweep(entries);
    return this.#configs.names((await this.#renaming.recover(entries)) || finished ? undefined : entries);
  }

  #loadStatuses(): readonly LoadFailure[] {
    const { parseStatus } = this.kind;
    if (parseStatus === undefined) return [];
    const failures: LoadFailure[] = [];
    for (const name of this.#statuses.names()) {
      const path = this.#statuses.pathOf(name);
      try {
        const { definition, runtime, id } = parseStatus.call(this.kind, withoutMarker(this.#statuses.read(name)), path);
        this.#restore(definition, runtime, id);
      } catch (cause) {
        failures.push({ path, cause });
      }
    }
    return failures;
  }

  #restore(definition: D, runtime: R, id: number | undefined): void {
    const [uuid, name] = this.#identify(definition);
    using reservation = this.#objects.reserve(uuid, name);
    const object = this.#objects.byUuid(uuid) ?? new Stored<D, R>(uuid, name, this.#generations);
    if (id !== undefined) this.#numbers.taken(id);
    object.setLive({ definition, runtime }, id);
    reservation.keep(object);
  }

  async #dropDangling(autostarted: ReadonlySet<string>): Promise<void> {
    if (autostarted.size === 0) return;
    const present = new Set(this.#configs.names());
    for (const name of autostarted) if (!present.has(name)) await this.#configs.unlink(name);
  }

  /** Objects of this store only. */
  #own(object: StoredObject<D, R>): Stored<D, R> {
    if (!(object instanceof Stored)) throw new InternalError(`${object.name} belongs to another store`);
    return object;
  }
}
