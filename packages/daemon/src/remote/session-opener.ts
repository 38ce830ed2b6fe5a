import type { ConnectionScope, CredentialRequest, Identity, Kernel, OpenCall, Session } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';

const authError = errorsFrom('AUTH');

export interface SessionRequest {
  readonly identity: Identity;
  readonly readOnly: boolean;
  readonly scope: ConnectionScope;
  /** Aborted when the client closes or vanishes. */
  readonly signal: AbortSignal;
}

/** The protocol has no way to ask the client for what another server wants to know. */
function unasked(wanted: readonly CredentialRequest[]): Error {
  const prompts = wanted.map(({ prompt }) => prompt).join(', ');
  return authError(
    'AUTH_FAILED',
    `${prompts}: a daemon cannot ask its client; store it in auth.conf in the daemon's configuration folder`,
  );
}

/** What the daemon needs of the kernel. */
export type SessionSource = Pick<Kernel, 'open' | 'hasRules'>;

/** Opens a session for a client of the daemon; an absent or empty uri is probed for. */
export function openSession(kernel: SessionSource, uri: string | undefined, request: SessionRequest): Promise<Session> {
  const call: OpenCall = {
    ...request,
    progress: () => undefined,
    ask: (wanted) => Promise.reject(unasked(wanted)),
  };
  return kernel.open(uri === '' ? undefined : uri, call);
}
