import type { Disk, Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { imageNodes, imagesOf, type NodeNames } from '../command/block/node-names.js';
import { commandContext } from '../command/build.js';
import type { CommandContext } from '../command/context.js';
import { noResources } from '../command/no-resources.js';
import type { CommandResources } from '../command/resources.js';
import type { QemuServices } from '../guests/services.js';
import { volumeSource } from '../start/block-plan.js';
import { commandInput } from '../start/command-line.js';

/** What builders get for a device of a running guest. */
export function hotplugContext(
  services: QemuServices,
  definition: Domain,
  capabilities: QemuCapabilities,
  nodes: NodeNames,
  volumes: ReadonlyMap<string, string> = new Map(),
): CommandContext {
  const resources = hotplugResources(volumes);
  return { ...commandContext(commandInput(services, { definition, capabilities }, resources)), nodes };
}

/** Numbers for the images of a disk that is plugged in, noted in the disk, and the last one used. */
export function numberImages(
  disk: Disk,
  capabilities: QemuCapabilities,
  from: number,
): { readonly nodes: NodeNames; readonly last: number } {
  let last = from;
  const names = new Map<object, ReturnType<typeof imageNodes>>();
  for (const image of imagesOf(disk)) {
    last += 1;
    names.set(image, imageNodes(image, last, capabilities));
    if (image === disk) disk.source.index = last;
    else Object.assign(image, { index: last });
  }
  return { nodes: { of: (image) => names.get(image), filtersOf: () => [], backendOf: () => undefined }, last };
}

/** Nothing is inherited by a QEMU that runs: it opens everything by name. */
const hotplugResources = (volumes: ReadonlyMap<string, string>): CommandResources => ({
  ...noResources,
  monitorFd: -1,
  interface: () => ({ tapFds: [], vhostFds: [] }),
  volume: volumeSource(volumes),
});
