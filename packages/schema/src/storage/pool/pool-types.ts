import { volumeFormats } from '../volume/volume-formats.js';

/** Parts of `<source>` that only some pool types have. */
export type SourcePart = 'host' | 'device' | 'dir' | 'adapter' | 'name' | 'initiator';

export interface PoolTypeTraits {
  readonly source: readonly SourcePart[];
  /** No path on this host: the pool has no `<target>`. */
  readonly network?: boolean;
  /** The target's path follows from the source's name. */
  readonly targetBelow?: string;
  /** `<source><format type=…/>`, the first of `known` that a document may leave out is `default`. */
  readonly formats?: { readonly known: readonly string[]; readonly default: string };
  /** Formats of volumes, as the capabilities document lists them. */
  readonly volumeFormats?: { readonly known: readonly string[]; readonly default: string };
}

const fileFormats = { known: volumeFormats, default: 'raw' } as const;
const filesystems = [
  'auto',
  'ext2',
  'ext3',
  'ext4',
  'ufs',
  'iso9660',
  'udf',
  'gfs',
  'gfs2',
  'vfat',
  'hfs+',
  'xfs',
  'ocfs2',
  'vmfs',
] as const;
const partitionTables = ['unknown', 'dos', 'dvh', 'gpt', 'mac', 'bsd', 'pc98', 'sun', 'lvm2'] as const;
const partitions = ['none', 'linux', 'fat16', 'fat32', 'linux-swap', 'linux-lvm', 'linux-raid', 'extended'] as const;

/** Every pool type, in libvirt's order. @libvirt virStoragePoolType */
const poolTypes = {
  dir: { source: [], volumeFormats: fileFormats },
  fs: { source: ['device'], formats: { known: filesystems, default: 'auto' }, volumeFormats: fileFormats },
  netfs: {
    source: ['host', 'dir'],
    formats: { known: ['auto', 'nfs', 'glusterfs', 'cifs'], default: 'auto' },
    volumeFormats: fileFormats,
  },
  logical: {
    source: ['name', 'device'],
    targetBelow: '/dev/',
    formats: { known: ['unknown', 'lvm2'], default: 'lvm2' },
  },
  disk: {
    source: ['device'],
    formats: { known: partitionTables, default: 'unknown' },
    volumeFormats: { known: partitions, default: 'none' },
  },
  iscsi: { source: ['host', 'device', 'initiator'] },
  'iscsi-direct': { source: ['host', 'device', 'initiator'], network: true },
  scsi: { source: ['adapter'] },
  mpath: { source: [] },
  rbd: { source: ['host', 'name'], network: true, volumeFormats: { known: [], default: 'raw' } },
  sheepdog: { source: ['host', 'name'], network: true },
  gluster: { source: ['host', 'name', 'dir'], network: true, volumeFormats: fileFormats },
  zfs: { source: ['name', 'device'], targetBelow: '/dev/zvol/' },
  vstorage: { source: ['name'], volumeFormats: fileFormats },
} as const satisfies Readonly<Record<string, PoolTypeTraits>>;

export type StoragePoolType = keyof typeof poolTypes;
export const poolTypeNames = Object.keys(poolTypes) as readonly StoragePoolType[];
/** The same table, seen without the literal types. */
export const poolTraits = (type: StoragePoolType): PoolTypeTraits => poolTypes[type];
