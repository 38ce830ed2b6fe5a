import type { ObjectKind } from '../contract/state.js';
import { otherName, otherUuid } from './store-errors.js';

interface Registered {
  readonly uuid: string;
  readonly name: string;
  readonly id: number | undefined;
}
/** Holds name and uuid while a file is written; released unless the object was kept. */
export interface Reservation<T> extends Disposable {
  keep(object: T): void;
}

/** Objects by uuid, name and number; no two with one name or one uuid, also while they are being made. */
export class Registry<T extends Registered> {
  readonly #uuids = new Map<string, T>();
  readonly #names = new Map<string, T>();
  readonly #ids = new Map<number, T>();
  readonly #entered = new Map<T, { readonly name: string; readonly id: number | undefined }>();
  /** Name → uuid of what is being made. */
  readonly #reserved = new Map<string, string>();

  constructor(private readonly what: ObjectKind<unknown>['what']) {}

  all(): Iterable<T> {
    return this.#uuids.values();
  }
  byUuid(uuid: string): T | undefined {
    return this.#uuids.get(uuid);
  }
  byName(name: string): T | undefined {
    return this.#names.get(name);
  }
  byId(id: number): T | undefined {
    return this.#ids.get(id);
  }

  /** Enters the object, or enters it again under what it is called now. */
  add(object: T): void {
    this.#leave(object);
    this.#uuids.set(object.uuid, object);
    this.#names.set(object.name, object);
    if (object.id !== undefined) this.#ids.set(object.id, object);
    this.#entered.set(object, { name: object.name, id: object.id });
  }

  remove(object: T): void {
    this.#leave(object);
    this.#uuids.delete(object.uuid);
  }

  /** Refuses a name or uuid that belongs to another object, with libvirt's errors. */
  reserve(uuid: string, name: string): Reservation<T> {
    const sameUuid = this.#uuids.get(uuid);
    if (sameUuid !== undefined && sameUuid.name !== name) throw otherName(this.what, sameUuid.name, uuid);
    const owner = this.#names.get(name)?.uuid ?? this.#reserved.get(name);
    if (owner !== undefined && owner !== uuid) throw otherUuid(this.what, name, owner);
    return this.#hold(uuid, name);
  }

  /** A second name for the time of a rename. */
  reserveName(object: T, name: string): Reservation<T> {
    const owner = this.#names.get(name)?.uuid ?? this.#reserved.get(name);
    if (owner !== undefined) throw otherUuid(this.what, name, owner);
    return this.#hold(object.uuid, name);
  }

  #hold(uuid: string, name: string): Reservation<T> {
    this.#reserved.set(name, uuid);
    return {
      keep: (object) => this.add(object),
      [Symbol.dispose]: () => void this.#reserved.delete(name),
    };
  }

  #leave(object: T): void {
    const entered = this.#entered.get(object);
    if (entered === undefined) return;
    if (this.#names.get(entered.name) === object) this.#names.delete(entered.name);
    if (entered.id !== undefined && this.#ids.get(entered.id) === object) this.#ids.delete(entered.id);
    this.#entered.delete(object);
  }
}
