import type { Domain } from '@virtkit/schema';
import { passFds, type FdsetCounter } from '../fdset.js';
import type { CommandResources } from '../resources.js';
import type { SourceFds } from './image.js';
import { imagesOf, type ImageHolder, type NodeNames } from './node-names.js';

/** Descriptor sets of all images, numbered as their nodes are: from the last disk to the first. */
export function passSourceFds(
  { devices }: Domain,
  nodes: NodeNames,
  resources: CommandResources,
  fdsets: FdsetCounter,
): ReadonlyMap<object, SourceFds> {
  const passed = new Map<object, SourceFds>();
  for (const disk of [...devices.disks].reverse())
    for (const image of imagesOf(disk)) {
      const fds = sourceFds(image, nodes, resources, fdsets);
      if (fds) passed.set(image, fds);
    }
  return passed;
}

function sourceFds(
  image: ImageHolder,
  nodes: NodeNames,
  resources: CommandResources,
  fdsets: FdsetCounter,
): SourceFds | undefined {
  const { source } = image;
  const node = nodes.of(image)?.storage ?? '';
  if (source?.type === 'vhostvdpa') {
    const fd = resources.vdpaFd(source.dev ?? '');
    return fd === undefined
      ? undefined
      : { ...passFds([{ fd, opaque: `${node}-vdpa` }], fdsets), isWritable: undefined };
  }
  const group =
    source?.type === 'file' && source.fdgroup !== undefined ? resources.sourceFds(source.fdgroup) : undefined;
  if (!group) return undefined;
  const fds = group.fds.map((fd, index) => ({ fd, opaque: `${node}${index}` }));
  return { ...passFds(fds, fdsets), isWritable: group.fds.length > 1 ? undefined : group.writable };
}
