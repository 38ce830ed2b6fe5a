import { createHash } from 'node:crypto';
import { type Cgroups, isForbiddenCgroup } from '@virtkit/host';
import type { Domain } from '@virtkit/schema';
import type { QemuServices } from '../guests/services.js';
import type { StartPlan } from '../start/plan.js';
import { bound } from '../tuning/group-values.js';

/** Where guests are grouped that ask for no other place; made when it is not there. */
const defaultPartition = '/machine';

/**
 * Path of the group of a running guest, below its partition. The folder of status documents is part of the name: two
 * daemons may run guests of the same name and id.
 */
export function groupPath({ name = '', id = 0, resource }: Domain, runDir: string): string {
  const daemon = createHash('sha256').update(runDir).digest('hex').slice(0, 8);
  return `${partitionPath(resource?.partition ?? defaultPartition)}/qemu-${daemon}-${id}-${groupName(name)}.libvirt-qemu`;
}

/** What a name of a group may hold, and not more than the kernel takes together with the rest. */
const groupName = (name: string): string => name.replaceAll(/[^\w.-]/g, '').slice(0, 64);

/** Partitions end in `.partition`, but for the three that are there on every host. @see https://libvirt.org/cgroups.html */
export const partitionPath = (partition: string): string =>
  partition
    .split('/')
    .map((part, depth) =>
      part === '' || part.includes('.') || (depth === 1 && isRoot(part)) ? part : `${part}.partition`,
    )
    .join('/');

const isRoot = (part: string): boolean => part === 'machine' || part === 'user' || part === 'system';

/** Says in the running guest's definition where it is grouped. @libvirt `<resource><partition>` */
export function placeInPartition(definition: Domain): void {
  definition.resource = { ...definition.resource, partition: definition.resource?.partition ?? defaultPartition };
}

/**
 * Moves QEMU with its threads into the guest's group, bounded as its definition says. In a container that may make no groups it stays where it is.
 * @throws `SYSTEM_ERROR` when the partition is not there, or the kernel refuses a limit
 */
export async function joinGroup(
  { cgroups, logger }: QemuServices,
  { definition, resources }: Pick<StartPlan, 'definition' | 'resources'>,
  pid: number,
): Promise<void> {
  const path = resources.group;
  if (cgroups === undefined || path === undefined) return;
  try {
    await makeGroup(cgroups, path);
    await bound(cgroups, path, definition);
    await cgroups.place(path, pid);
  } catch (cause) {
    if (!isForbiddenCgroup(cause)) throw cause;
    logger.info('guests get no control group of their own', { cause });
  }
}

async function makeGroup(groups: Cgroups, path: string): Promise<void> {
  if (path.startsWith(`${defaultPartition}/`)) await groups.make(defaultPartition);
  await groups.make(path);
}

/** Takes the guest's group away after its end. */
export async function leaveGroup({ cgroups }: QemuServices, path: string | undefined): Promise<void> {
  if (path !== undefined) await cgroups?.remove(path);
}
