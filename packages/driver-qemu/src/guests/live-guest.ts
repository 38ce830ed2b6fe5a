import type { AgentConnection } from '../agent/agent-connection.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import type { MonitorClosedError } from '../monitor/qmp-error.js';
import { deferred } from '../monitor/deferred.js';

/** Why a guest stopped: libvirt's words, and `vanished` for a QEMU that ended without a word. */
export type StopReason = 'shutdown' | 'destroyed' | 'crashed' | 'vanished' | 'failed' | 'migrated' | 'saved';

/**
 * The connections to one running QEMU, and what is known only while it runs. What happens to the guest is handled
 * strictly in order, one thing after the other.
 */
export class LiveGuest {
  readonly uuid: string;
  /** Reason the next STOP event stands for; set before the command that causes it. */
  pausing: string | undefined;
  /** Reason the next RESUME event stands for. */
  resuming: string | undefined;
  /** SHUTDOWN came, so a STOP after it is no news. */
  shutDown = false;
  /** Why it ends, as soon as that is known: the first cause counts. */
  stopping: StopReason | undefined;
  agent: AgentConnection | undefined;
  /** Devices being unplugged, by alias: told of DEVICE_DELETED and of failures. */
  readonly unplugs = new Map<string, (done: boolean) => void>();
  readonly #ended = deferred<MonitorClosedError>();
  #monitor: QmpConnection | undefined;
  #queue: Promise<void> = Promise.resolve();
  #finished: Promise<void> | undefined;
  #let = false;

  constructor(uuid: string) {
    this.uuid = uuid;
  }

  /** Resolves when the monitor ended. */
  get ended(): Promise<MonitorClosedError> {
    return this.#ended.promise;
  }
  get monitor(): QmpConnection | undefined {
    return this.#monitor;
  }

  /** The daemon ends: connections close, the guest goes on. */
  letGo(): void {
    this.#let = true;
    this.agent?.close();
    this.#monitor?.close();
  }
  get isLetGo(): boolean {
    return this.#let;
  }

  attach(monitor: QmpConnection): void {
    this.#monitor = monitor;
  }

  /** The monitor ended. */
  end(cause: MonitorClosedError): void {
    this.agent?.close();
    this.agent = undefined;
    for (const tell of this.unplugs.values()) tell(true);
    this.unplugs.clear();
    this.#ended.resolve(cause);
  }

  /** Runs after everything queued before; a failure is the task's own to report. */
  enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(task, task).catch(() => undefined);
    return this.#queue;
  }

  /** Resolves when everything that happened so far is handled. */
  settled(): Promise<void> {
    return this.#queue;
  }

  /** Runs `body` once however often it is asked for; all callers wait for the same end. */
  finishOnce(body: () => Promise<void>): Promise<void> {
    this.#finished ??= body();
    return this.#finished;
  }
}
