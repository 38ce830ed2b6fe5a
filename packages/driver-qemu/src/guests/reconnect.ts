import { isAlive } from '@virtkit/host';
import type { DomainState } from '@virtkit/core';
import { QmpConnection } from '../monitor/qmp-connection.js';
import { stateOfRunState } from '../monitor/queries/run-state.js';
import { GuestLog } from '../process/log-file.js';
import { guestPaths } from '../process/guest-paths.js';
import { applyFindings, findOut } from '../start/after-launch.js';
import { keepDisplays } from '../start/displays.js';
import { lastWords } from '../start/launch-qemu.js';
import { changeLive, emitLifecycle } from './change-guest.js';
import { LiveGuest } from './live-guest.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';
import { monitorListeners } from './start-guest.js';
import { finishGuest } from './stop-guest.js';

/** Milliseconds a guest found running gets to answer. One that hangs is connected all the same, when it answers. */
const answerMs = 5_000;

/**
 * Takes a guest over that an earlier daemon left: one that runs goes on as it is, one whose start was cut short or that
 * ended meanwhile is cleared away, one that was tied to a client's connection ends.
 */
export async function reconnect(services: QemuServices, guest: Guest): Promise<void> {
  const live = new LiveGuest(guest.uuid);
  services.live.set(guest.uuid, live);
  const { runtime } = guest;
  const process = runtime?.process;
  if (runtime === undefined || runtime.phase === 'starting' || process === undefined) {
    return await finishGuest(services, guest, live, 'failed');
  }
  if (!(await isAlive(process))) return await finishGuest(services, guest, live, 'vanished');
  if (runtime.autodestroy) return await finishGuest(services, guest, live, 'destroyed');
  keepDisplays(guest.current(), services.displays);
  for (const tap of runtime.resources.taps) services.tapNames.keep(tap);
  await takeOver(services, guest, live);
}

async function takeOver(services: QemuServices, guest: Guest, live: LiveGuest): Promise<void> {
  const { log } = guestPaths(services.paths, guest.name, guest.id ?? 0);
  const from = await new GuestLog(log).size();
  const options = { ...monitorListeners(services, guest, live), explain: () => lastWords(log, from) };
  let monitor: QmpConnection;
  try {
    monitor = await QmpConnection.open(guest.runtime?.monitor ?? '', options);
  } catch (cause) {
    services.logger.error('monitor of a running guest cannot be reached; the guest is ended', {
      name: guest.name,
      cause,
    });
    return await finishGuest(services, guest, live, 'vanished');
  }
  live.attach(monitor);
  const known = monitor.negotiate().then(() => catchUp(services, guest, live, monitor));
  known.catch((cause: unknown) =>
    services.logger.warning('a running guest does not answer', { name: guest.name, cause }),
  );
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, answerMs);
  });
  await Promise.race([known.catch(() => undefined), limit]); // logged above
  clearTimeout(timer);
}

/** What happened while nobody listened: the state, the agent's channel, trays, terminals. */
async function catchUp(services: QemuServices, guest: Guest, live: LiveGuest, monitor: QmpConnection): Promise<void> {
  const findings = await findOut(monitor, guest.current());
  const state = newState(guest, stateOfRunState(findings.runState));
  await changeLive(services, guest, (_runtime, current) => {
    const definition = structuredClone(current);
    applyFindings(definition, findings);
    return { definition, runtime: { vcpus: findings.vcpus, state } };
  });
  if (state.state === 'shutdown') await endShutDown(services, guest, live, monitor);
}

/** The reason written down still holds when the state is the same. */
function newState(guest: Guest, found: DomainState): DomainState {
  const before = guest.runtime?.state;
  return before?.state === found.state ? before : found;
}

/** It shut down while nobody listened: what the event would have caused is done now. */
async function endShutDown(
  services: QemuServices,
  guest: Guest,
  live: LiveGuest,
  monitor: QmpConnection,
): Promise<void> {
  live.shutDown = true;
  live.stopping ??= 'shutdown';
  emitLifecycle(services, guest, 'shutdown', 'finished');
  await monitor.execute('quit');
}
