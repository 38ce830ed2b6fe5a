import type { GuestStopMethod } from '@virtkit/core';
import { agentChannel, agentOf } from '../guests/agent-channel.js';
import { changeRuntime } from '../guests/change-guest.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { agentClientError } from '../agent/agent-failure.js';
import { isAgentError } from '../agent/agent-error.js';

/** Seconds the agent may take to bring the guest down. */
const agentShutdownSeconds = 60;

/**
 * Asks the guest to power off or reboot: by its agent where it has one, else by the power button. Named methods are
 * tried in libvirt's order; the button only helps out for an agent that was not asked for alone.
 */
export async function agentPowers(
  services: QemuServices,
  running: RunningGuest,
  via: readonly GuestStopMethod[],
  options: { readonly reboot: boolean },
): Promise<void> {
  const any = via.length === 0;
  const byAgent = via.includes('agent') || (any && hasAgent(running));
  const byButton = via.includes('acpi') || any;
  if (byAgent) {
    try {
      return await askAgent(services, running, options.reboot);
    } catch (cause) {
      if (!byButton) throw agentClientError(cause);
    }
  }
  await pressButton(services, running, options.reboot);
}

const hasAgent = ({ definition }: RunningGuest): boolean => {
  const target = agentChannel(definition)?.target;
  return target?.type === 'virtio' && target.state === 'connected';
};

/** The agent says nothing when it succeeds: the guest goes down, or its channel does. */
async function askAgent(services: QemuServices, { guest, live }: RunningGuest, reboot: boolean): Promise<void> {
  const agent = await agentOf(guest, live);
  await changeRuntime(services, guest, { fakeReboot: false });
  const asked = agent.execute('guest-shutdown', { mode: reboot ? 'reboot' : 'powerdown' }, agentShutdownSeconds);
  await Promise.race([
    live.ended,
    asked.catch((cause: unknown) => {
      if (!isAgentError(cause, 'gone')) throw cause;
    }),
  ]);
}

/** A reboot by the button is a shutdown after which the guest is reset. */
async function pressButton(services: QemuServices, { guest, monitor }: RunningGuest, reboot: boolean): Promise<void> {
  await changeRuntime(services, guest, { fakeReboot: reboot });
  await monitor.execute('system_powerdown');
}
