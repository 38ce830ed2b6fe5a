import type { Call, Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { notRunning, virtError } from '../errors.js';
import { replaceDefinition } from '../guests/change-guest.js';
import type { Guest } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';

/** Which definitions an operation changes, after libvirt's rule that neither means the current one. */
export interface Effective {
  readonly live: boolean;
  readonly config: boolean;
}

/** @throws `OPERATION_INVALID` where the definition asked for is not there. */
export function effectiveTarget(guest: Guest, target: Target): Effective {
  const neither = target.live !== true && target.config !== true;
  const live = target.live === true || (neither && guest.active);
  const config = target.config === true || (neither && !guest.active);
  if (live && !guest.active) throw notRunning();
  if (config && !guest.persistent)
    throw virtError('OPERATION_INVALID', 'transient domains do not have any persistent config');
  return { live, config };
}

/** A copy of the persistent definition, to be changed and given back. */
export function configCopy(guest: Guest): Domain {
  const config = guest.config();
  if (config === undefined) throw virtError('OPERATION_INVALID', 'transient domains do not have any persistent config');
  return structuredClone(config);
}

/**
 * Makes one change in all definitions meant, as one job. `change` runs on copies; where it throws, or one of the
 * definitions cannot be written, both are as they were.
 */
export async function changeTargets(
  services: QemuServices,
  guest: Guest,
  target: Target,
  call: Pick<Call, 'signal'>,
  change: (definition: Domain, which: 'live' | 'config') => void,
): Promise<void> {
  await services.store.run(guest, 'modify', call, async (current) => {
    const { live, config } = effectiveTarget(current, target);
    const liveDefinition = live ? structuredClone(current.current()) : undefined;
    const configDefinition = config ? configCopy(current) : undefined;
    if (liveDefinition !== undefined) change(liveDefinition, 'live');
    if (configDefinition !== undefined) change(configDefinition, 'config');
    await services.store.defineAfter(configDefinition, async () => {
      if (liveDefinition !== undefined) await replaceDefinition(services, current, liveDefinition);
    });
  });
}
