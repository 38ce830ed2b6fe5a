import type { BackingStore, Disk, DiskDriver, StorageEncryption, StorageSource } from '@virtkit/schema';
import { unsupported } from './refuse.js';

type Format = NonNullable<DiskDriver['type']>;

/** Formats that QEMU deciphers. */
const encrypted: readonly Format[] = ['raw', 'qcow2'];

/** Formats and places of images that QEMU can open. */
export function checkImages(disk: Disk): void {
  checkImage(disk.source, disk.driver?.type, { readonly: disk.readonly === true });
  checkEncryption(disk.source.encryption ?? disk.encryption, disk.driver?.type);
  for (let below: BackingStore | undefined = disk.backingStore; below !== undefined; below = below.backingStore) {
    if (below.source === undefined) continue;
    checkImage(below.source, below.format?.type, { readonly: true });
    checkEncryption(below.source.encryption, below.format?.type);
  }
  checkSharing(disk);
  checkQcow2Options(disk);
}

function checkImage(
  source: StorageSource,
  format: Format | undefined,
  { readonly }: { readonly readonly: boolean },
): void {
  if (format === 'cow') unsupported("'cow' storage format is not supported");
  if (source.type === 'dir') checkDirectory(format, readonly);
  else if (format === 'fat' && source.type !== 'volume')
    unsupported("storage format 'fat' is supported only with 'dir' storage type");
  if (format === 'dir')
    unsupported("'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead");
  if (format === 'iso') unsupported("storage format 'iso' is not directly supported by QEMU, use 'raw' instead");
  if (source.type === 'network') checkNetwork(source);
}

function checkEncryption(encryption: StorageEncryption | undefined, format: Format | undefined): void {
  if (encryption === undefined || encryption.engine === 'librbd') return;
  if (format !== undefined && !encrypted.includes(format))
    unsupported("encryption is supported only with 'raw' and 'qcow2' image format");
}

/** QEMU shows a folder as a FAT file system, and only to be read. */
function checkDirectory(format: Format | undefined, readonly: boolean): void {
  if (format !== undefined && format !== 'fat') unsupported("storage type 'dir' requires use of storage format 'fat'");
  if (!readonly) unsupported("virtual FAT storage can't be accessed in read-write mode");
}

function checkNetwork(source: Extract<StorageSource, { type: 'network' }>): void {
  if (source.protocol !== 'nfs') return;
  if (source.hosts.some(({ port }) => port !== undefined))
    unsupported("port cannot be specified in 'nfs' protocol host");
}

/** Only what every user of an image sees alike may be shared. */
function checkSharing(disk: Disk): void {
  const format = disk.driver?.type;
  if (disk.shareable !== true || disk.readonly === true) return;
  if (format !== undefined && format !== 'raw') {
    unsupported(`shared access for disk '${disk.target.dev}' requires use of supported storage format`);
  }
}

function checkQcow2Options({ driver }: Disk): void {
  if (driver?.discardNoUnref !== undefined && driver.type !== 'qcow2')
    unsupported("'discard_no_unref' only works with qcow2 disks");
  if (driver?.metadataCache !== undefined && driver.type !== 'qcow2') {
    unsupported('metadata_cache_size is only supported with qcow2 images');
  }
}
