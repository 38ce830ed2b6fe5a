import { sendSignal, waitGone, type ProcessIdentity } from '@virtkit/host';
import { virtError } from '../errors.js';
import { GuestLog } from '../process/log-file.js';
import { guestPaths } from '../process/guest-paths.js';
import { releaseResources } from '../process/release.js';
import type { LiveGuest, StopReason } from './live-guest.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';

/** Milliseconds QEMU gets to flush and end before it is killed. */
const graceMs = 10_000;
const killMs = 15_000;

/** Ends QEMU; resolves when its process is gone. Without `force` a QEMU that does not end is left alone, with an error. */
export async function killQemu(identity: ProcessIdentity, options: { readonly force: boolean }): Promise<void> {
  if (!(await sendSignal(identity, 'SIGTERM'))) return;
  if (await waitGone(identity, { timeoutMs: graceMs })) return;
  const used = options.force ? 'SIGKILL' : 'SIGTERM';
  if (options.force) {
    await sendSignal(identity, 'SIGKILL');
    if (await waitGone(identity, { timeoutMs: killMs })) return;
  }
  throw virtError('SYSTEM_ERROR', `Failed to terminate process ${identity.pid} with ${used}: Device or resource busy`);
}

/**
 * Everything after QEMU's end, once: what the start made is taken away, the guest is off (a transient one vanishes),
 * clients are told. All callers wait for the same work.
 */
export function finishGuest(services: QemuServices, guest: Guest, live: LiveGuest, reason: StopReason): Promise<void> {
  return live.finishOnce(() => finish(services, guest, live, reason));
}

async function finish(services: QemuServices, guest: Guest, live: LiveGuest, reason: StopReason): Promise<void> {
  const { runtime, id, name } = guest;
  if (runtime?.process !== undefined) await killQemu(runtime.process, { force: true });
  live.monitor?.close();
  await live.settled();
  const ref = guest.ref;
  noteEnd(services, name, id ?? 0, reason);
  // The daemon may have died after it started QEMU and before it wrote down which process that is.
  const words = runtime?.process === undefined ? [guestPaths(services.paths, name, id ?? 0).masterKey] : [];
  if (runtime !== undefined) await releaseResources(services, guest.runtime?.resources ?? runtime.resources, words);
  services.live.delete(guest.uuid);
  services.offStates.set(guest.uuid, { state: 'shutoff', reason: reason === 'vanished' ? 'crashed' : reason });
  await services.store.deactivate(guest);
  if (services.store.byUuid(guest.uuid) === undefined) services.offStates.delete(guest.uuid);
  if (reason !== 'failed') {
    services.events.domain(ref, {
      type: 'lifecycle',
      event: 'stopped',
      detail: reason === 'vanished' ? 'failed' : reason,
    });
  }
}

function noteEnd(services: QemuServices, name: string, id: number, reason: StopReason): void {
  const log = new GuestLog(guestPaths(services.paths, name, id).log);
  try {
    log.note(`shutting down, reason=${reason === 'vanished' ? 'crashed' : reason}`);
  } catch (cause) {
    services.logger.warning('log of the guest cannot be written', { name, cause });
  }
}

/** QEMU ended by itself, or because somebody else ended it: what is left is done in a job of its own. */
export async function guestEnded(services: QemuServices, guest: Guest, live: LiveGuest): Promise<void> {
  const reason = live.stopping ?? 'vanished';
  const signal = new AbortController().signal;
  try {
    await services.store.run(guest, 'destroy', { signal }, (current) => finishGuest(services, current, live, reason));
  } catch (cause) {
    if (services.live.get(guest.uuid) !== live) return; // somebody else did it, and the guest is gone
    services.logger.error('what a guest left behind could not be cleared', { name: guest.name, cause });
  }
}
