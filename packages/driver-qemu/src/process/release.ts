import { rm } from 'node:fs/promises';
import { endProcess } from '@virtkit/host';
import { hasErrorName } from '@virtkit/schema';
import type { QemuServices } from '../guests/services.js';
import { driverCall } from '../guests/driver-call.js';
import type { GuestResources, PluggedInterface } from '../status/runtime.js';
import { takeFilesBack } from './file-owners.js';
import { processesWith } from './find-processes.js';
import { leaveGroup } from './guest-group.js';

/**
 * Takes away what a start made, as far as it is there. Goes on after a failure, which is logged: nobody could do more.
 * @param words on the command line of further processes that belong to the guest
 */
export async function releaseResources(
  services: QemuServices,
  resources: GuestResources,
  words: readonly string[],
): Promise<void> {
  const work = [
    endProcesses([...resources.helperWords, ...words]),
    removeTaps(services, resources),
    ...resources.ports.map((port) => unplug(services, port)),
    giveBack(services, resources),
    leaveGroup(services, resources.group),
  ];
  const results = await Promise.allSettled(work);
  results.push(
    ...(await Promise.allSettled(resources.files.map((path) => rm(path, { recursive: true, force: true })))),
  );
  for (const result of results) {
    if (result.status === 'rejected') {
      services.logger.warning('something a guest used could not be removed', { cause: result.reason as unknown });
    }
  }
}

async function endProcesses(words: readonly string[]): Promise<void> {
  const found = await processesWith(words);
  await Promise.all(found.map((identity) => endProcess(identity, { graceMs: 1_000 })));
}

async function removeTaps({ links }: QemuServices, { taps }: GuestResources): Promise<void> {
  await Promise.all(taps.map((tap) => links.delete(tap)));
}

/** A port of a virtual network. */
export async function unplug(services: QemuServices, plugged: PluggedInterface): Promise<void> {
  const network = await services.peer('network');
  try {
    await network?.deletePort?.(plugged.network, plugged.port, driverCall());
  } catch (cause) {
    // Gone with its network, or never made.
    if (!hasErrorName(cause, 'NO_NETWORK_PORT') && !hasErrorName(cause, 'NO_NETWORK')) throw cause;
  }
}

async function giveBack(services: QemuServices, { owners }: GuestResources): Promise<void> {
  if (services.user === undefined || owners.length === 0) return;
  const used = new Set<string>();
  for (const guest of services.store.all()) {
    for (const owner of guest.runtime?.resources.owners ?? [])
      if (guest.runtime?.resources.owners !== owners) used.add(owner.path);
  }
  await takeFilesBack(
    owners.filter(({ path }) => !used.has(path)),
    services.user,
  );
}
