import { closeSync, constants, fstatSync, openSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import type { StorageVolume, VolumeBackingStore, VolumeTarget } from '@virtkit/schema';
import {
  type BackingName,
  type Header,
  localBackingPath,
  probeFormat,
  readMetadata,
  type ImageMetadata,
} from '@virtkit/storage';
import { HeaderReader } from './file-header.js';
import { type Measured, measured, sizesOf, timestampsOf } from './measure.js';

const readOnly = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Opens for reading whatever may be a volume; undefined for what cannot be opened or is none (socket, pipe, terminal). */
export function openVolume<T>(path: string, use: (fd: number) => T): T | undefined {
  let fd: number;
  try {
    fd = openSync(path, readOnly);
  } catch {
    return undefined; // dangling links, sockets, files of others: no volumes, never an error
  }
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** A file of a pool as volume, by its content. Undefined when it is no volume. */
export function identify(path: string, name: string, reader: HeaderReader): StorageVolume | undefined {
  return openVolume(path, (fd) => {
    const stats = fstatSync(fd);
    if (stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()) return undefined;
    const file = measured(stats);
    return file.directory ? directoryVolume(name, path, file) : imageVolume(name, path, file, reader.of(fd));
  });
}

function directoryVolume(name: string, path: string, file: Measured): StorageVolume {
  const image =
    openVolume(`${path}/root.hds`, () => true) === true && openVolume(`${path}/DiskDescriptor.xml`, () => true);
  const kind = image === true ? 'ploop' : 'dir';
  return {
    type: kind,
    name,
    key: path,
    ...sizesOf(file, undefined),
    target: { path, format: { type: kind }, permissions: file.permissions },
  };
}

function imageVolume(name: string, path: string, file: Measured, header: Header): StorageVolume {
  const metadata = readMetadata(header, file.regular ? probeFormat(header) : 'raw');
  return {
    type: metadata.format === 'ploop' ? 'ploop' : 'file',
    name,
    key: path,
    ...sizesOf(file, guestSize(metadata, file)),
    target: { path, format: { type: metadata.format }, permissions: file.permissions, ...details(metadata) },
    ...(metadata.backing === undefined ? {} : { backingStore: backingStore(path, metadata.backing) }),
  };
}

/** Bytes the guest sees. */
export function guestSize(metadata: ImageMetadata, file: Measured): bigint | undefined {
  if (metadata.payload !== undefined) return file.size > metadata.payload ? file.size - metadata.payload : 0n;
  return metadata.capacity;
}

function details({ qcow2, encryption }: ImageMetadata): Partial<VolumeTarget> {
  return {
    ...(encryption === undefined ? {} : { encryption: { format: encryption, secret: [] } }),
    ...(qcow2 === undefined || qcow2.clusterSize === 0 ? {} : { clusterSize: BigInt(qcow2.clusterSize) }),
    ...(qcow2?.compat === '1.1' ? { compat: '1.1', features: [...qcow2.features] } : {}),
  };
}

function backingStore(imagePath: string, backing: BackingName): VolumeBackingStore {
  const local = localBackingPath(backing.text);
  if (local === undefined) return { path: backing.text, format: { type: 'raw' } };
  const path = local.startsWith('/') ? local : `${dirname(imagePath)}/${local}`;
  return { path, format: { type: backing.format ?? probedFormat(path) } };
}

/** An image below that cannot be read counts as raw. */
function probedFormat(path: string): string {
  return openVolume(path, (fd) => probeFormat(new HeaderReader().of(fd))) ?? 'raw';
}

/** Who owns the image below and when it changed. */
export function backingDetails(
  path: string,
  stats: (path: string) => BigIntStats | undefined,
): Partial<VolumeBackingStore> {
  const found = path.startsWith('/') ? stats(path) : undefined;
  if (found === undefined || !(found.isFile() || found.isDirectory() || found.isBlockDevice())) return {};
  const { mode, owner, group } = {
    mode: Number(found.mode) & 0o7777,
    owner: Number(found.uid),
    group: Number(found.gid),
  };
  return { permissions: { mode, owner, group }, timestamps: timestampsOf(found) };
}
