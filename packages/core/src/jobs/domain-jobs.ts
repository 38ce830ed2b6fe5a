import type { JobProgress } from '../contract/call.js';
import type { Operation } from '../contract/connection.js';
import type { JobType } from '../contract/facets/jobs.js';
import { follow } from './linked-abort.js';

/** What a client sees of the long work on a domain. @libvirt virDomainJobInfo */
export interface JobInfo {
  readonly type: JobType;
  readonly operation: Operation | undefined;
  readonly elapsedMs: number;
  readonly progress: JobProgress | undefined;
}

interface RunningJob {
  readonly operation: Operation;
  readonly started: number;
  readonly abort: AbortController;
  progress: JobProgress | undefined;
}

const idle: JobInfo = { type: 'none', operation: undefined, elapsedMs: 0, progress: undefined };

/** Long work on domains of one driver, by uuid: progress, cancellation, and how the last one ended. */
export class DomainJobs {
  readonly #running = new Map<string, RunningJob>();
  readonly #ended = new Map<string, JobInfo>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Runs `body` as the domain's job; the signal is aborted by `abort` and by the caller's own. */
  async run<T>(
    uuid: string,
    operation: Operation,
    signal: AbortSignal,
    body: (signal: AbortSignal, progress: (done: JobProgress) => void) => Promise<T>,
  ): Promise<T> {
    const job: RunningJob = { operation, started: this.now(), abort: new AbortController(), progress: undefined };
    this.#running.set(uuid, job);
    try {
      using _link = follow(job.abort, signal);
      const answer = await body(job.abort.signal, (done) => {
        job.progress = done;
      });
      this.#end(uuid, job, 'completed');
      return answer;
    } catch (error) {
      this.#end(uuid, job, job.abort.signal.aborted ? 'cancelled' : 'failed');
      throw error;
    }
  }

  current(uuid: string): JobInfo {
    const job = this.#running.get(uuid);
    return job === undefined ? idle : this.#describe(job, job.progress?.total === undefined ? 'unbounded' : 'bounded');
  }

  /** The last job that ended; asking forgets it unless `keep`. */
  completed(uuid: string, keep: boolean): JobInfo {
    const job = this.#ended.get(uuid);
    if (!keep) this.#ended.delete(uuid);
    return job ?? idle;
  }

  /** Whether there was something to cancel. */
  abort(uuid: string): boolean {
    const job = this.#running.get(uuid);
    job?.abort.abort();
    return job !== undefined;
  }

  #end(uuid: string, job: RunningJob, type: JobInfo['type']): void {
    if (this.#running.get(uuid) === job) this.#running.delete(uuid);
    this.#ended.set(uuid, this.#describe(job, type));
  }

  #describe(job: RunningJob, type: JobInfo['type']): JobInfo {
    return { type, operation: job.operation, elapsedMs: this.now() - job.started, progress: job.progress };
  }
}
