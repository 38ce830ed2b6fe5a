import { virtError } from '../errors.js';
import { AgentError, type AgentErrorKind } from './agent-error.js';

const numbers = {
  unresponsive: 'AGENT_UNRESPONSIVE',
  gone: 'AGENT_UNRESPONSIVE',
  timeout: 'AGENT_COMMAND_TIMEOUT',
  failed: 'AGENT_COMMAND_FAILED',
  unsynced: 'AGENT_UNSYNCED',
} as const satisfies Record<AgentErrorKind, string>;

/** The error a client sees for a failed agent command; anything else is passed on. */
export const agentClientError = (cause: unknown): unknown =>
  cause instanceof AgentError ? virtError(numbers[cause.kind], cause.message, { cause }) : cause;

/** Runs agent work; its failures become the errors clients know. */
export async function asAgentErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw agentClientError(cause);
  }
}
