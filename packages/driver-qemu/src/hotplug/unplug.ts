import type { Call } from '@virtkit/core';
import { virtError } from '../errors.js';
import type { RunningGuest } from '../guests/find-guest.js';
import { deferred } from '../monitor/deferred.js';
import { isCommandError } from '../monitor/qmp-error.js';
import { clientError } from '../monitor/qmp-failure.js';

/** Milliseconds a guest gets to let go of a device before the call is answered; it may still do so later. */
const unplugMs = 5_000;

/**
 * Asks for a device back; `removed` when the guest let go of it in time, `asked` when it still thinks.
 * @throws what QEMU says, or `OPERATION_FAILED` when the guest refuses.
 */
export async function unplug(
  { live, monitor }: Pick<RunningGuest, 'live' | 'monitor'>,
  alias: string,
  call: Pick<Call, 'signal'>,
): Promise<'removed' | 'asked'> {
  const answer = deferred<boolean>();
  live.unplugs.set(alias, answer.resolve);
  try {
    await monitor.execute('device_del', { id: alias }, call);
    const done = await within(answer.promise);
    if (done === false) {
      throw virtError('OPERATION_FAILED', 'guest unplug request failed');
    }
    return done === true ? 'removed' : 'asked';
  } catch (cause) {
    if (isCommandError(cause, 'DeviceNotFound')) return 'removed';
    throw clientError(cause);
  } finally {
    live.unplugs.delete(alias);
  }
}

async function within(answer: Promise<boolean>): Promise<boolean | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), unplugMs);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}
