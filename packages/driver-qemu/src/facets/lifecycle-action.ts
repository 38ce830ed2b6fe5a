import type { Call, Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../errors.js';
import type { Guest } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';
import { changeTargets } from './targets.js';

const actions = {
  poweroff: ['destroy', 'restart', 'preserve', 'rename-restart'],
  reboot: ['destroy', 'restart', 'preserve', 'rename-restart'],
  crash: ['destroy', 'restart', 'preserve', 'rename-restart', 'coredump-destroy', 'coredump-restart'],
} as const;
const keys = { poweroff: 'onPoweroff', reboot: 'onReboot', crash: 'onCrash' } as const;

/** @libvirt virDomainSetLifecycleAction */
export async function setLifecycleAction(
  services: QemuServices,
  guest: Guest,
  event: keyof typeof actions,
  action: string,
  target: Target,
  call: Call,
): Promise<void> {
  const allowed: readonly string[] = actions[event];
  if (!allowed.includes(action) || action === 'rename-restart') {
    throw virtError('ARGUMENT_UNSUPPORTED', `lifecycle action '${action}' for event '${event}' is not supported`);
  }
  await changeTargets(services, guest, target, call, (definition: Domain) => {
    Object.assign(definition, { [keys[event]]: action });
  });
}
