import type { Disk, StorageSource } from '@virtkit/schema';
import type { CommandContext } from '../context.js';
import { cacheMode } from './cache-mode.js';
import type { Image, ImageNodes, ImageSecrets } from './image.js';
import { locationOf } from './location.js';
import { formatOf, imagesOf, type ImageHolder } from './node-names.js';

/** The chain of images behind a disk; undefined where the drive is empty. */
export function imageOfDisk(disk: Disk, context: CommandContext): Image | undefined {
  const holders = imagesOf(disk);
  const deepest = holders.at(-1)?.backingStore;
  const end = deepest === undefined ? undefined : null;
  return (
    holders.reduceRight<Image | null | undefined>((backing, holder) => imageOf(holder, disk, backing, context), end) ??
    undefined
  );
}

function imageOf(holder: ImageHolder, disk: Disk, backing: Image | null | undefined, context: CommandContext): Image {
  const { driver } = disk;
  const isTop = holder === disk;
  const nodes = context.nodes.of(holder) ?? { storage: '' };
  const source = sourceOf(holder, context);
  const cache = cacheMode(disk);
  const location = locationOf(source, {
    isFloppy: disk.device === 'floppy',
    ...(context.config.glusterDebugLevel !== undefined && { glusterDebugLevel: context.config.glusterDebugLevel }),
    isHostCdrom: (path) => disk.device === 'cdrom' && context.resources.isHostCdrom(path),
  });
  const fds = context.sourceFds.get(holder);
  return {
    location: fds && 'path' in location ? { ...location, path: fds.path } : location,
    ...(fds && { fds }),
    format: formatOf(holder),
    readOnly: !isTop || disk.readonly === true,
    nodes,
    backing,
    secrets: secretsOf(holder, nodes, context),
    ...(source.encryption && { encryption: encryptionOf(source.encryption) }),
    ...(cache && { cache: { direct: cache.direct, noFlush: cache.noFlush } }),
    ...(driver?.io && { aio: driver.io }),
    ...detectZeroes(disk),
    ...(driver?.discard && { discard: driver.discard }),
    ...(driver?.discardNoUnref !== undefined && { discardNoUnref: driver.discardNoUnref }),
    ...(source.slices?.[0] && { slice: source.slices[0] }),
    ...cacheSize(holder),
  };
}

const cacheSize = (holder: ImageHolder) => {
  const size = ('device' in holder ? holder.driver : holder.format)?.metadataCache?.maxSize;
  return size === undefined ? {} : { metadataCacheSize: size * 1024 };
};

const encryptionOf = ({ format, engine }: { readonly format: string; readonly engine?: string | undefined }) =>
  engine === undefined ? { format } : { format, engine };

/** A volume is what the storage driver says it is. Old documents have secrets beside the source. */
function sourceOf(holder: ImageHolder, { resources }: CommandContext): StorageSource {
  const written = holder.source ?? { type: 'file', seclabels: [] };
  const source = written.type === 'volume' ? (resources.volume(written) ?? written) : written;
  if (!('device' in holder)) return source;
  return { ...source, auth: source.auth ?? holder.auth, encryption: source.encryption ?? holder.encryption };
}

/** Zeroes cannot be unmapped where discards are dropped. */
function detectZeroes({ driver }: Disk): Partial<Image> {
  const wanted = driver?.detectZeroes === 'unmap' && driver.discard !== 'unmap' ? 'on' : driver?.detectZeroes;
  return wanted === undefined ? {} : { detectZeroes: wanted };
}

function secretsOf(holder: ImageHolder, nodes: ImageNodes, context: CommandContext): ImageSecrets {
  const source = sourceOf(holder, context);
  const top = nodes.format ?? nodes.slice ?? nodes.storage;
  const network = source.type === 'network' ? source : undefined;
  return {
    ...(source.auth && { auth: { id: `${nodes.storage}-auth-secret0`, username: source.auth.username } }),
    ...(source.encryption && {
      encryption: source.encryption.secrets.map((_, index) => `${top}-encryption-secret${index}`),
    }),
    ...(network?.cookies && { cookie: `${nodes.storage}-httpcookie-secret0` }),
    ...((network?.tls ?? (network?.protocol === 'nbd' && context.config.nbdTls.enabled)) && {
      tls: `obj${nodes.storage}_tls0`,
    }),
    ...(source.reservations && {
      reservations: source.reservations.managed ? 'pr-helper0' : `pr-helper-${nodes.storage}`,
    }),
  };
}
