import { errorsFrom } from '@virtkit/schema';
import { follow } from './linked-abort.js';

export type JobKind = 'query' | 'modify' | 'destroy';

interface Waiting {
  readonly job: AbortController;
  start(): void;
}

const lockTimeoutMs = 30_000;
/** How long a destroy waits for the job it aborted before it goes on regardless. */
const cutInMs = 2_000;

/** The jobs of one object: one change at a time, in the order they came; queries beside it; destroy before all. */
export class ObjectJobs {
  readonly #waiting: Waiting[] = [];
  #running: AbortController | undefined;

  constructor(private readonly timeoutMs = lockTimeoutMs) {}

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Rejects with `OPERATION_TIMEOUT` when the turn does not come in time, and with the signal's reason when it is aborted. */
  async run<T>(kind: JobKind, signal: AbortSignal, body: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (kind === 'query') return body(signal);
    const job = new AbortController();
    if (this.#running === undefined) this.#running = job;
    else await (kind === 'destroy' ? this.#cutIn(job, this.#running) : this.#turn(job, signal));
    try {
      using _link = follow(job, signal);
      return await body(job.signal);
    } finally {
      if (this.#running === job) this.#next();
    }
  }

  /** Hands over in the same moment, so that nobody can slip in between. */
  #next(): void {
    const next = this.#waiting.shift();
    this.#running = next?.job;
    next?.start();
  }

  #cutIn(job: AbortController, running: AbortController): Promise<void> {
    return new Promise((resolve) => {
      const entry: Waiting = {
        job,
        start: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#forget(entry);
        this.#running = job;
        entry.start();
      }, cutInMs);
      this.#waiting.unshift(entry);
      running.abort(errorsFrom('DOMAIN')('OPERATION_ABORTED', 'the domain is being destroyed'));
    });
  }

  #turn(job: AbortController, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (run: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        run();
      };
      const leave = (reason: unknown): void => {
        this.#forget(entry);
        settle(() => reject(reason));
      };
      const onAbort = (): void => leave(signal.reason);
      const entry: Waiting = { job, start: () => settle(resolve) };
      const timer = setTimeout(() => leave(lockTimeout()), this.timeoutMs);
      if (signal.aborted) return leave(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(entry);
    });
  }

  #forget(entry: Waiting): void {
    const at = this.#waiting.indexOf(entry);
    if (at !== -1) this.#waiting.splice(at, 1);
  }
}

const lockTimeout = (): Error => errorsFrom('DOMAIN')('OPERATION_TIMEOUT', 'cannot acquire state change lock');
