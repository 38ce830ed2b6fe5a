import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { has, unsupported } from './refuse.js';

const flags = { sev: 'sev-guest', 'sev-snp': 'sev-snp-guest', 's390-pv': 's390-pv-guest' } as const;

/** Whether this QEMU on this host can keep the guest's memory to itself. */
export function checkLaunchSecurity({ launchSecurity }: Domain, facts: QemuFacts): void {
  if (launchSecurity === undefined || has(facts, flags[launchSecurity.type])) return;
  unsupported(`'${launchSecurity.type}' launch security is not supported with this QEMU binary`);
}
