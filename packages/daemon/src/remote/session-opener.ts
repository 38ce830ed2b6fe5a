import type { ConnectionScope, Identity, Kernel, OpenCall, Session } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';

const authError = errorsFrom('AUTH');

export interface SessionRequest {
  readonly identity: Identity;
  readonly readOnly: boolean;
  readonly scope: ConnectionScope;
  /** Aborted when the client closes or vanishes. */
  readonly signal: AbortSignal;
}

/** What the daemon needs of the kernel. */
export type SessionSource = Pick<Kernel, 'open' | 'hasRules'>;

/** Opens a session for a client of the daemon; an absent or empty uri is probed for. */
export function openSession(kernel: SessionSource, uri: string | undefined, request: SessionRequest): Promise<Session> {
  const call: OpenCall = {
    ...request,
    progress: () => undefined,
    ask: () => Promise.reject(authError('AUTH_FAILED', 'the protocol has no way to ask the client')),
  };
  return kernel.open(uri === '' ? undefined : uri, call);
}
