import { changeRuntime } from '../guests/change-guest.js';
import type { LiveGuest } from '../guests/live-guest.js';
import type { Guest } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';
import { isCommandError } from '../monitor/qmp-error.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import { unplug } from '../process/release.js';
import { takeFilesBack } from '../process/file-owners.js';
import { diskFiles } from '../start/plan-start.js';
import { diskNodes } from './disk-nodes.js';

/** Takes away what stood behind a device that QEMU let go of: block nodes, taps, ports of networks, owners of files. */
export async function releaseDevice(
  services: QemuServices,
  guest: Guest,
  live: LiveGuest,
  alias: string,
): Promise<void> {
  const { disks, interfaces, channels, rngs } = guest.current().devices;
  const disk = disks.find((candidate) => candidate.alias === alias);
  if (disk !== undefined && live.monitor !== undefined) await removeNodes(live.monitor, diskNodes(disk));
  if (disk !== undefined)
    await returnFiles(
      services,
      guest,
      diskFiles(disk, new Map()).map(({ path }) => path),
    );
  const device = interfaces.find((candidate) => candidate.alias === alias);
  if (device !== undefined) {
    if (live.monitor !== undefined) await quietly(live.monitor.execute('netdev_del', { id: `host${alias}` }));
    const port = device.source.type === 'network' ? device.source.portid : undefined;
    await releaseLink(services, guest, device.target?.dev, port);
  }
  if (rngs.some((candidate) => candidate.alias === alias) && live.monitor !== undefined) {
    await quietly(live.monitor.execute('object-del', { id: `obj${alias}` }));
  }
  if (channels.some((candidate) => candidate.alias === alias) && live.monitor !== undefined) {
    await quietly(live.monitor.execute('chardev-remove', { id: `char${alias}` }));
  }
}

/** Top first. One that is still used, or that never was, is left. */
export async function removeNodes(monitor: QmpConnection, nodes: readonly string[]): Promise<void> {
  for (const node of nodes) await quietly(monitor.execute('blockdev-del', { 'node-name': node }));
}

async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    if (!isCommandError(cause)) throw cause;
  }
}

/** A tap, and the port of the network it was plugged into. */
export async function releaseLink(
  services: QemuServices,
  guest: Guest,
  dev: string | undefined,
  port: string | undefined,
): Promise<void> {
  const resources = guest.runtime?.resources;
  if (resources === undefined) return;
  const plugged = resources.ports.find((entry) => entry.port === port);
  if (dev !== undefined && resources.taps.includes(dev)) await services.links.delete(dev);
  if (plugged !== undefined) await unplug(services, plugged);
  await changeRuntime(services, guest, {
    resources: {
      ...resources,
      taps: resources.taps.filter((name) => name !== dev),
      ports: resources.ports.filter((entry) => entry !== plugged),
    },
  });
}

/** Files go back to whom they belonged. */
export async function returnFiles(services: QemuServices, guest: Guest, paths: readonly string[]): Promise<void> {
  const resources = guest.runtime?.resources;
  if (resources === undefined || services.user === undefined) return;
  const mine = resources.owners.filter(({ path }) => paths.includes(path));
  if (mine.length === 0) return;
  await takeFilesBack(mine, services.user);
  await changeRuntime(services, guest, {
    resources: { ...resources, owners: resources.owners.filter((owner) => !mine.includes(owner)) },
  });
}
