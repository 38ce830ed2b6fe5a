import type { Disk } from '@virtkit/schema';

export const isEmpty = ({ source }: Pick<Disk, 'source'>): boolean => {
  switch (source.type) {
    case 'file':
      return source.file === undefined;
    case 'block':
    case 'vhostvdpa':
      return source.dev === undefined;
    case 'dir':
      return source.dir === undefined;
    case 'volume':
      return source.volume === undefined;
    default:
      return false;
  }
};
