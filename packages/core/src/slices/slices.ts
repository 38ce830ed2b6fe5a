import type { Pieces } from '@virtkit/xml';
import type { Answer } from '../contract/answer.js';

/** Milliseconds of one slice: as long as everybody else may wait for it. */
const SLICE_MS = 4;

/** Works that take turns; what each has read so far takes memory, so all others wait. */
const AT_ONCE = 2;

/** Goes on with its work for a slice; true when there is nothing left. */
type Job = () => boolean;

/**
 * Does long work without holding others up: a slice of it in each turn of the event loop, two works in turns. What
 * fits into one slice is done at once.
 */
export class Slices {
  readonly #jobs: Job[] = [];
  #scheduled = false;
  #turn = -1;

  /** `now` in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The result; a promise where it takes more than a slice. An aborted work ends at its next slice. */
  run<T>(pieces: Pieces<T>, signal?: AbortSignal): Answer<T> {
    const done = this.#slice(pieces);
    if (done !== undefined) return done.value;
    return new Promise<T>((resolve, reject) => {
      this.#add(() => {
        try {
          signal?.throwIfAborted();
          const end = this.#slice(pieces);
          if (end === undefined) return false;
          resolve(end.value);
        } catch (error) {
          reject(error);
        }
        return true;
      });
    });
  }

  /** A text that is there, or one that is still to be written. */
  text(text: string | Pieces<string>): Answer<string> {
    return typeof text === 'string' ? text : this.run(text);
  }

  #add(job: Job): void {
    this.#jobs.push(job);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#jobs.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn = (this.#turn + 1) % Math.min(AT_ONCE, this.#jobs.length);
      if (this.#jobs[this.#turn]?.() === true) this.#jobs.splice(this.#turn, 1);
      this.#schedule();
    });
  }

  #slice<T>(pieces: Pieces<T>): { readonly value: T } | undefined {
    const end = this.now() + SLICE_MS;
    do {
      const step = pieces.next();
      if (step.done === true) return { value: step.value };
    } while (this.now() < end);
    return undefined;
  }
}
