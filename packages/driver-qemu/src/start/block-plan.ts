import type { BackingStore, Disk, Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { assignNodes, imagesOf, type NodeNames } from '../command/block/node-names.js';
import type { CommandResources } from '../command/resources.js';
import { backingChain, type ChainLink } from '../process/image-chain.js';
import type { QemuUser } from '../process/qemu-user.js';

/** Completes the chains of images from the files' own headers. Changes the definition. */
export async function completeChains(
  disks: readonly Disk[],
  volumes: ReadonlyMap<string, string>,
  user: QemuUser | undefined,
): Promise<void> {
  const as = user ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  await Promise.all(disks.map((disk) => completeChain(disk, volumes, as)));
}

async function completeChain(disk: Disk, volumes: ReadonlyMap<string, string>, as: QemuUser): Promise<void> {
  if (disk.backingStore !== undefined) return;
  const path = imageFile(disk, volumes);
  if (path === undefined) return;
  const format = disk.driver?.type ?? 'raw';
  disk.backingStore = storesOf(await backingChain(path, format, as));
}

/** The local file or block device that is read for its header. */
export function imageFile({ source }: Disk, volumes: ReadonlyMap<string, string>): string | undefined {
  if (source.type === 'file') return source.file;
  if (source.type === 'block') return source.dev;
  return source.type === 'volume' ? volumes.get(volumeKey(source)) : undefined;
}

export const volumeKey = ({
  pool = '',
  volume = '',
}: {
  pool?: string | undefined;
  volume?: string | undefined;
}): string => `${pool}/${volume}`;

/** What a volume is, by the paths of those that were looked up. */
export const volumeSource =
  (volumes: ReadonlyMap<string, string>): CommandResources['volume'] =>
  (source) => {
    const file = volumes.get(volumeKey(source));
    return file === undefined ? undefined : { type: 'file', file, seclabels: [], index: source.index };
  };

/** An empty store ends the chain. */
const storesOf = (links: readonly ChainLink[]): BackingStore =>
  links.reduceRight<BackingStore>(
    (below, { path, format }) => ({
      source: { type: 'file', file: path, seclabels: [], index: undefined },
      format: { type: format as NonNullable<BackingStore['format']>['type'] }, // QEMU's names of formats are the document's
      backingStore: below,
    }),
    {},
  );

/** Names the block nodes and notes their numbers in the definition, where clients look for them. */
export function nameNodes(
  definition: Domain,
  capabilities: QemuCapabilities,
): { readonly nodes: NodeNames; readonly last: number } {
  const nodes = assignNodes(definition, capabilities);
  let last = 0;
  for (const disk of definition.devices.disks) {
    for (const image of imagesOf(disk)) {
      const index = Number(/^libvirt-(\d+)-/.exec(nodes.of(image)?.storage ?? '')?.[1] ?? 0);
      last = Math.max(last, index);
      if (index === 0) continue;
      if (image === disk) disk.source.index = index;
      else if ('index' in image || image.source !== undefined) Object.assign(image, { index });
    }
  }
  return { nodes, last };
}
