import type { ObjectKind } from '../contract/state.js';
import type { Slices } from '../slices/slices.js';
import type { ObjectDirectory } from './object-directory.js';
import { withMarker } from './staged-definitions.js';
import type { Stored } from './stored.js';
import { Turns } from '../contract/turns.js';

/**
 * Status documents of active objects. A file always shows the newest state: what is written is formatted when its turn
 * comes, so that changes which come faster than the disk are written once.
 */
export class StatusFiles<D, R> {
  readonly #turns = new Turns();
  /** Writes that have not begun, by uuid. */
  readonly #waiting = new Map<string, Promise<void>>();

  constructor(
    private readonly kind: Pick<ObjectKind<D, R>, 'formatStatus'>,
    private readonly directory: ObjectDirectory,
    private readonly slices: Slices,
  ) {}

  /** Resolves when the state of now, or a later one, is on disk: written while active, removed when not. */
  saved(object: Stored<D, R>): Promise<void> {
    const { uuid, name } = object;
    const waiting = this.#waiting.get(uuid);
    if (waiting !== undefined) return waiting;
    const mustWait = this.#turns.isTaken(uuid);
    const saving = this.#turns.run(uuid, () => {
      this.#waiting.delete(uuid);
      return object.active ? this.#write(object) : this.directory.remove(name);
    });
    if (mustWait) this.#waiting.set(uuid, saving);
    return saving;
  }

  async #write(object: Stored<D, R>): Promise<void> {
    const status = this.kind.formatStatus?.(object);
    if (status === undefined) return;
    const { name, keptWith: digest } = object;
    await this.directory.write(name, withMarker(await this.slices.text(status), digest));
  }
}
