import { errorsFrom } from '@virtkit/schema';
import type { CredentialRequest, OpenCall } from '../contract/call.js';
import { Scope } from './scope.js';

export interface InProcessOptions {
  readonly readOnly?: boolean;
  readonly signal?: AbortSignal;
  /** Answers for a driver that asks for name and password. Default: there is nobody to ask. */
  readonly ask?: (credentials: readonly CredentialRequest[]) => Promise<readonly string[]>;
}

/** The call of a program that uses the kernel itself. `close` runs what was tied to its connection, and rejects with what failed first. */
export function inProcessCall(options: InProcessOptions = {}): OpenCall & { close(): Promise<void> } {
  const failures: unknown[] = [];
  const scope = new Scope(0, (error) => failures.push(error));
  return {
    identity: identityOfProcess(),
    readOnly: options.readOnly === true,
    signal: options.signal ?? new AbortController().signal,
    scope,
    progress: () => undefined,
    ask: options.ask ?? nobodyToAsk,
    close: async () => {
      await scope.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

function identityOfProcess(): OpenCall['identity'] {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  return { pid: process.pid, ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

const nobodyToAsk = (): Promise<never> =>
  Promise.reject(errorsFrom('AUTH')('AUTH_FAILED', 'the program gave no way to ask for credentials'));
