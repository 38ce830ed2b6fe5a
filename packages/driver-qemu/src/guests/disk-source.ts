import type { Disk, Domain, StorageSource } from '@virtkit/schema';
import { virtError } from '../errors.js';

/** Where a disk's image lies on this host: a path, or the name of a network image; undefined for an empty drive. */
export const diskPath = ({ source }: Pick<Disk, 'source'>): string | undefined => sourcePath(source);

export function sourcePath(source: StorageSource): string | undefined {
  switch (source.type) {
    case 'file':
      return source.file;
    case 'block':
    case 'vhostvdpa':
      return source.dev;
    case 'dir':
      return source.dir;
    case 'network':
      return source.name;
    case 'vhostuser':
      return source.path;
    case 'volume':
    case 'nvme':
      return undefined;
  }
}

/** Whether the medium can be changed. */
export const isDrive = ({ device }: Pick<Disk, 'device'>): boolean => device === 'cdrom' || device === 'floppy';

/** Whether there is a medium. */
export const hasMedium = ({ source }: Pick<Disk, 'source'>): boolean =>
  sourcePath(source) !== undefined ||
  (source.type === 'volume' && source.volume !== undefined) ||
  source.type === 'nvme';

/** The disk a client names, by target or by path. */
export const findDisk = (definition: Domain, name: string): Disk | undefined =>
  definition.devices.disks.find(({ target }) => target.dev === name) ??
  definition.devices.disks.find((disk) => name !== '' && diskPath(disk) === name);

/** @throws `INVALID_ARG` in libvirt's words. */
export function diskNamed(definition: Domain, name: string): Disk {
  const found = findDisk(definition, name);
  if (found !== undefined) return found;
  throw virtError('INVALID_ARG', `invalid path ${name} not assigned to domain`);
}
