import type { Disk } from '@virtkit/schema';
import { imagesOf } from '../command/block/node-names.js';

/** Names of all block nodes that can stand behind a disk, top first; not all of them need to exist. */
export function diskNodes(disk: Disk): readonly string[] {
  const filters = disk.driver?.copyOnRead === true ? [`libvirt-CoR-${disk.target.dev}`] : [];
  const numbers = imagesOf(disk).flatMap(
    (image) => (image === disk ? disk.source.index : 'index' in image ? image.index : undefined) ?? [],
  );
  return [
    ...filters,
    ...numbers.flatMap((number) => [
      `libvirt-${number}-format`,
      `libvirt-${number}-slice-sto`,
      `libvirt-${number}-storage`,
    ]),
  ];
}
