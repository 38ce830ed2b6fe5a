/** The agent, or the way to it, failed. `kind` says which of libvirt's error numbers fits. */
export class AgentError extends Error {
  readonly kind: AgentErrorKind;
  /** Of the agent's own answer (`CommandNotFound`, …). */
  readonly failureClass: string | undefined;

  constructor(kind: AgentErrorKind, message: string, failureClass?: string) {
    super(message);
    this.name = 'AgentError';
    this.kind = kind;
    this.failureClass = failureClass;
  }
}
/** unresponsive: nobody there; gone: left in the middle of a command; timeout: a command without answer; failed: the agent refused; unsynced: wrong answer. */
export type AgentErrorKind = 'unresponsive' | 'gone' | 'timeout' | 'failed' | 'unsynced';

export const isAgentError = (cause: unknown, kind?: AgentErrorKind): cause is AgentError =>
  cause instanceof AgentError && (kind === undefined || cause.kind === kind);

/** Whether the agent in the guest does not have the command, or has it disabled. */
export const isAgentMissingCommand = (cause: unknown): boolean =>
  cause instanceof AgentError && (cause.failureClass === 'CommandNotFound' || cause.failureClass === 'CommandDisabled');
