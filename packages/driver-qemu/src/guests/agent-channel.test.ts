import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { FakeGuest, fakeServices, runtimeOf } from '../testing/fake-services.js';
import { agentOf } from './agent-channel.js';
import type { LiveGuest } from './live-guest.js';

const channel = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>";
const asked = (devices: string, state: 'running' | 'paused') => {
  const fake = new FakeGuest(definitionOf(devices), runtimeOf({ state: { state, reason: 'unknown' } }));
  return agentOf(fakeServices(fake).guest, {} as LiveGuest); // nothing of it is looked at before the channel is
};

test.each([
  [channel, 'paused', 'Requested operation is not valid: domain is not running'],
  ['', 'running', 'argument unsupported: QEMU guest agent is not configured'],
  [channel, 'running', 'Guest agent is not responding: QEMU guest agent is not connected'],
] as const)('the agent behind %j of a guest that is %s cannot be asked', async (devices, state, message) => {
  await expect(asked(devices, state)).rejects.toThrow(message);
});
