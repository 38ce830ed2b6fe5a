import { errorsFrom } from '@virtkit/schema';
import type { ConnectionScope, CredentialRequest, OpenCall } from '../contract/call.js';

export interface InProcessOptions {
  readonly readOnly?: boolean;
  readonly signal?: AbortSignal;
  /** Answers for a driver that asks for name and password. Default: there is nobody to ask. */
  readonly ask?: (credentials: readonly CredentialRequest[]) => Promise<readonly string[]>;
}

/** The call of a program that uses the kernel itself. `close` runs what was tied to its connection. */
export function inProcessCall(options: InProcessOptions = {}): OpenCall & { close(): Promise<void> } {
  const scope = new LocalScope();
  return {
    identity: identityOfProcess(),
    readOnly: options.readOnly === true,
    signal: options.signal ?? new AbortController().signal,
    scope,
    progress: () => undefined,
    ask: options.ask ?? nobodyToAsk,
    close: () => scope.close(),
  };
}

function identityOfProcess(): OpenCall['identity'] {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  return { pid: process.pid, ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

const nobodyToAsk = (): Promise<never> =>
  Promise.reject(errorsFrom('AUTH')('AUTH_FAILED', 'the program gave no way to ask for credentials'));

/** Runs what was registered when the connection ends, last first. */
export class LocalScope implements ConnectionScope {
  readonly #onClose = new Set<() => Promise<void>>();

  constructor(readonly id = 0) {}

  onClose(run: () => Promise<void>): Disposable {
    const own = (): Promise<void> => run();
    this.#onClose.add(own);
    return { [Symbol.dispose]: () => void this.#onClose.delete(own) };
  }

  /** Every registered function runs, whatever the others do. */
  async close(): Promise<void> {
    const all = [...this.#onClose].toReversed();
    this.#onClose.clear();
    const outcomes = await Promise.allSettled(all.map((run) => run()));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
