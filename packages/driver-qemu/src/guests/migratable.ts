import type { Domain } from '@virtkit/schema';
import type { DriverPaths } from '../process/guest-paths.js';
import type { QemuServices } from './services.js';

/**
 * A definition for another host: what a start found or chose here is taken out of a running guest's, and with it what
 * older peers add by themselves. Changes and returns `definition`.
 */
export function leaveHost(definition: Domain, { store, paths }: Pick<QemuServices, 'store' | 'paths'>): Domain {
  const guest = definition.uuid === undefined ? undefined : store.byUuid(definition.uuid);
  if (guest?.runtime === undefined) return definition;
  const { originalCpu } = guest.runtime;
  if (originalCpu !== undefined && definition.cpu?.check === 'full') definition.cpu = structuredClone(originalCpu);
  dropPlaces(definition, paths);
  const config = guest.config();
  dropChains(definition, config);
  dropAddresses(definition, config);
  return definition;
}

/** Paths and labels of this host. */
function dropPlaces(definition: Domain, { channelDir }: DriverPaths): void {
  for (const { source } of definition.devices.channels) {
    if (source.type !== 'unix' || source.path?.startsWith(`${channelDir}/`) !== true) continue;
    delete source.path;
    source.mode = 'connect';
  }
  for (const disk of definition.devices.disks) if (disk.driver !== undefined) disk.driver.type ??= 'raw';
  definition.seclabels = definition.seclabels?.filter(({ type, model }) => type !== 'dynamic' || model !== 'dac');
}

/** Chains that were read from the images themselves; those a document names stay. */
function dropChains({ devices }: Domain, config: Domain | undefined): void {
  for (const disk of devices.disks) {
    const named = config?.devices.disks.find(({ target }) => target.dev === disk.target.dev)?.backingStore;
    if (named === undefined) delete disk.backingStore;
  }
}

/** Addresses of displays that the document left to the host. */
function dropAddresses({ devices }: Domain, config: Domain | undefined): void {
  for (const [index, graphics] of devices.graphics.entries()) {
    const named = config?.devices.graphics[index];
    if (graphics.type !== 'vnc' && graphics.type !== 'spice') continue;
    for (const [place, listen] of graphics.listens.entries()) {
      const kept = named?.type === graphics.type ? named.listens[place] : undefined;
      if (listen.type === 'address' && kept?.type === 'address' && kept.address === undefined) delete listen.address;
    }
  }
}
