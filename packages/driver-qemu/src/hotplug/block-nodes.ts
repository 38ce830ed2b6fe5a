import type { Disk } from '@virtkit/schema';
import { effectiveNode } from '../command/block/image.js';
import { chainOptions } from '../command/block/image-options.js';
import { imageOfDisk } from '../command/block/image-of-disk.js';
import type { CommandContext } from '../command/context.js';
import { filterOptions } from '../command/disk.js';
import { changeRuntime } from '../guests/change-guest.js';
import type { QemuServices } from '../guests/services.js';
import { giveFiles, ownersToChange } from '../process/file-owners.js';
import { completeChains } from '../start/block-plan.js';
import { diskFiles, inaccessible, resolveVolumes } from '../start/plan-start.js';
import { diskPath } from '../guests/disk-source.js';
import { diskNodes } from './disk-nodes.js';
import { capabilitiesFor, deviceContext, numberImages } from './hotplug-context.js';
import { command, type Plugging } from './plugging.js';
import { removeNodes, returnFiles } from './release-device.js';
import { stat } from 'node:fs/promises';

/** A disk's images opened by a running QEMU. */
export interface OpenedImages {
  /** Node the device reads; undefined for an empty drive. */
  readonly node: string | undefined;
  readonly context: CommandContext;
  /** Closes them again and gives their files back. */
  undo(): Promise<void>;
}

/** Hands the files of a disk to QEMU's user and lets QEMU open them. Changes the disk: its chain and numbers of nodes. */
export async function openImages(plugging: Plugging, disk: Disk): Promise<OpenedImages> {
  const { services, definition } = plugging;
  const { guest, runtime, monitor } = plugging.running;
  await checkFile(services, disk);
  const volumes = await resolveVolumes(services, { devices: { ...definition.devices, disks: [disk] } });
  await completeChains([disk], volumes, services.user);
  const { nodes, last } = numberImages(disk, await capabilitiesFor(plugging), runtime.nodeIndex);
  const context = await deviceContext(plugging, { nodes, volumes });
  const files = diskFiles(disk, volumes);
  const paths = files.map(({ path }) => path);
  const owners = services.user === undefined ? [] : await ownersToChange(files, services.user);
  await changeRuntime(services, guest, {
    nodeIndex: last,
    resources: { ...runtime.resources, owners: [...runtime.resources.owners, ...owners] },
  });
  const undo = async (): Promise<void> => {
    await removeNodes(monitor, diskNodes(disk));
    await returnFiles(services, guest, paths);
  };
  try {
    if (services.user !== undefined) await giveFiles(owners, services.user);
    return { node: await addNodes(plugging, disk, context), context, undo };
  } catch (cause) {
    await undo();
    throw cause;
  }
}

async function addNodes(plugging: Plugging, disk: Disk, context: CommandContext): Promise<string | undefined> {
  const image = imageOfDisk(disk, context);
  if (image === undefined) return undefined;
  const { options, node } = filterOptions(disk, effectiveNode(image), context);
  for (const option of [...chainOptions(image, context), ...options]) {
    if (option.kind !== 'json') continue;
    await command(plugging, option.name === 'object' ? 'object-add' : 'blockdev-add', option.properties);
  }
  return node;
}

async function checkFile(services: QemuServices, disk: Disk): Promise<void> {
  const path = disk.source.type === 'file' || disk.source.type === 'block' ? diskPath(disk) : undefined;
  if (path === undefined) return;
  await stat(path).catch((cause: unknown) => {
    throw inaccessible(services, disk, path, cause);
  });
}
