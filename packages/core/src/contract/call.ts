/** Who calls, and what travels with every call. Access is checked by the kernel, after it resolved the object and before the facet. */

/** The client as the transport knows it. Absent fields are unknown, never guessed. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
  readonly pid?: number;
  readonly sasl?: string;
  readonly x509?: string;
}

/** Lives as long as the client's connection; what is tied to it ends with it (autodestroy, streams, passed descriptors). */
export interface ConnectionScope {
  readonly id: number;
  /** Runs when the client leaves, in reverse order of registration; disposing the result cancels it. */
  onClose(run: () => Promise<void>): Disposable;
}

export interface Call {
  readonly identity: Identity;
  readonly readOnly: boolean;
  /** Aborted at the deadline, by a cancelled job and when the client vanishes. */
  readonly signal: AbortSignal;
  readonly scope: ConnectionScope;
  /** The kernel turns it into job info, job statistics and events. */
  progress(done: JobProgress): void;
}

export interface CredentialRequest {
  readonly type: 'username' | 'password' | 'noecho' | 'external';
  readonly prompt: string;
  /** What the credential is for, as clients look it up in their own store (`host`). */
  readonly challenge?: string;
}

export interface OpenCall extends Call {
  /** One answer per request, in order. Rejects with `AUTH_FAILED` where the client has no means to ask. */
  ask(credentials: readonly CredentialRequest[]): Promise<readonly string[]>;
}

export interface JobProgress {
  readonly phase: string;
  readonly total?: bigint;
  readonly done?: bigint;
}
