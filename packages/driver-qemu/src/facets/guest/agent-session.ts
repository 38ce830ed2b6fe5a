import type { Call, DomainRef } from '@virtkit/core';
import type { AgentConnection } from '../../agent/agent-connection.js';
import { asAgentErrors } from '../../agent/agent-failure.js';
import { notRunning } from '../../errors.js';
import { agentOf } from '../../guests/agent-channel.js';
import { guestOf, runningGuest } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import type { JsonObject, JsonValue } from '../../command/json.js';

/** Commands to one guest's agent, with the errors clients know. */
export interface AgentSession {
  ask(command: string, args?: JsonObject, seconds?: number): Promise<JsonValue>;
}

/**
 * Runs with the agent of an active guest. The agent answers one at a time by itself, so a slow guest holds nobody up
 * but those who ask it. `refuse` makes the error of a guest that is off.
 */
export function withAgent<T>(
  services: QemuServices,
  domain: DomainRef,
  _call: Call,
  body: (agent: AgentSession) => Promise<T>,
  refuse = notRunning,
): Promise<T> {
  return asAgentErrors(
    connect(services, domain, refuse).then(({ agent, seconds }) =>
      body({ ask: (command, args, limit) => agent.execute(command, args, limit ?? seconds) }),
    ),
  );
}

async function connect(
  services: QemuServices,
  domain: DomainRef,
  refuse: typeof notRunning,
): Promise<{ readonly agent: AgentConnection; readonly seconds: number | undefined }> {
  const { guest, live, runtime } = runningGuest(services, guestOf(services, domain), refuse);
  return { agent: await agentOf(guest, live), seconds: runtime.agentSeconds };
}
