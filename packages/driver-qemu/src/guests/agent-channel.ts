import { AgentConnection } from '../agent/agent-connection.js';
import { notRunningHere, virtError } from '../errors.js';
import { flagAt, textAt } from '../monitor/json-reading.js';
import { changeDefinition, emit } from './change-guest.js';
import type { LiveGuest } from './live-guest.js';
import type { EventContext } from './event-context.js';
import type { Guest } from './guest.js';
import type { Channel, Domain } from '@virtkit/schema';

/** The port a guest agent listens on. */
const agentPort = 'org.qemu.guest_agent.0';

/** The channel of the definition that leads to the agent. */
export const agentChannel = (definition: Domain): Channel | undefined =>
  definition.devices.channels.find(
    ({ source, target }) => source.type === 'unix' && target?.type === 'virtio' && target.name === agentPort,
  );

/** A port in the guest was opened or closed. The agent's is an event of its own, and its connection follows. */
export async function agentChannelChanged({ services, guest, live, event }: EventContext): Promise<void> {
  const alias = textAt(event.data, 'id') ?? '';
  const open = flagAt(event.data, 'open');
  const found = guest.current().devices.channels.find((channel) => channel.alias === alias);
  const state = open ? 'connected' : 'disconnected';
  if (found?.target?.type !== 'virtio' || found.target.state === state) return;
  await changeDefinition(services, guest, (definition) => {
    const channel = definition.devices.channels.find((candidate) => candidate.alias === alias);
    if (channel?.target?.type === 'virtio') channel.target.state = state;
  });
  if (found.target.name !== agentPort) return;
  if (!open) live.agent?.desync();
  emit(services, guest, { type: 'agentLifecycle', state, reason: 'channel' });
}

/**
 * The agent of a running guest, connected.
 * @throws `OPERATION_INVALID` of a paused guest, `ARGUMENT_UNSUPPORTED` without a channel for it, `AGENT_UNRESPONSIVE` when nobody in the guest listens.
 */
export async function agentOf(guest: Guest, live: LiveGuest): Promise<AgentConnection> {
  if (guest.runtime?.state.state !== 'running') throw notRunningHere();
  const channel = agentChannel(guest.current());
  if (channel === undefined) throw virtError('ARGUMENT_UNSUPPORTED', 'QEMU guest agent is not configured');
  const path = channel.source.type === 'unix' ? channel.source.path : undefined;
  if (path === undefined || channel.target?.type !== 'virtio' || channel.target.state !== 'connected') {
    throw virtError('AGENT_UNRESPONSIVE', 'QEMU guest agent is not connected');
  }
  if (live.agent !== undefined && !live.agent.closed) return live.agent;
  const connection = await AgentConnection.open(path, () => {
    if (live.agent === connection) live.agent = undefined;
  });
  live.agent = connection;
  return connection;
}
