import type { Disk } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { imageNodes, imagesOf, type NodeNames } from '../command/block/node-names.js';
import { commandContext } from '../command/build.js';
import type { CommandContext } from '../command/context.js';
import { noResources } from '../command/no-resources.js';
import type { CommandResources } from '../command/resources.js';
import { volumeSource } from '../start/block-plan.js';
import { commandInput } from '../start/command-line.js';
import type { Plugging } from './plugging.js';

/** What is known of the images of a disk that is plugged in. */
export interface PluggedImages {
  readonly nodes: NodeNames;
  /** Paths of volumes of pools: see `volumeKey`. */
  readonly volumes: ReadonlyMap<string, string>;
}
const noImages: PluggedImages = {
  nodes: { of: () => undefined, filtersOf: () => [], backendOf: () => undefined },
  volumes: new Map(),
};

/** What QEMU that runs a guest can do. */
export const capabilitiesFor = ({ services, definition }: Plugging): Promise<QemuCapabilities> =>
  services.capabilities.of(definition.devices.emulator ?? '');

/** What builders get for a device of a running guest. */
export async function deviceContext(plugging: Plugging, images: PluggedImages = noImages): Promise<CommandContext> {
  const { services, definition } = plugging;
  const capabilities = await capabilitiesFor(plugging);
  const input = commandInput(services, { definition, capabilities }, hotplugResources(images.volumes));
  return { ...commandContext(input), nodes: images.nodes };
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
