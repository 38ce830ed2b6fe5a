import { errorsFrom } from '../../errors/virt-error.js';
import type { Disk, Iotune } from '../devices/disk.js';
import type { StorageSource } from '../devices/storage-source.js';

const domainError = errorsFrom('DOMAIN');
const virtError = errorsFrom('NONE');

/** The name in the guest is used for everything else: it is asked for first, naming the image that has none. */
export function checkTarget({ source, target }: Disk): void {
  if (target.dev === '') throw domainError('NO_TARGET', sourceName(source));
}

function sourceName(source: StorageSource): string | undefined {
  if (source.type === 'volume' && source.pool !== undefined) return `${source.pool}/${source.volume ?? ''}`;
  const words = source as {
    readonly file?: string;
    readonly dev?: string;
    readonly dir?: string;
    readonly name?: string;
  };
  return words.file ?? words.dev ?? words.dir ?? words.name;
}

/** What the guest is told the disk is called. */
export function checkNames({ wwn, vendor, product }: Disk): void {
  if (wwn !== undefined && !/^(0x)?[0-9a-f]{16}$/.test(wwn)) throw virtError('INTERNAL_ERROR', `Malformed wwn: ${wwn}`);
  for (const [name, value, longest] of [
    ['vendor', vendor, 8],
    ['product', product, 16],
  ] as const) {
    if (value === undefined) continue;
    if (!/^[\x20-\x7e]*$/.test(value)) throw domainError('XML_ERROR', `disk ${name} is not printable string`);
    if (value.length > longest)
      throw domainError('CONFIG_UNSUPPORTED', `disk ${name} is more than ${longest} characters`);
  }
}

const pairs = [
  ['bytes_sec', 'totalBytesSec', 'readBytesSec', 'writeBytesSec'],
  ['iops_sec', 'totalIopsSec', 'readIopsSec', 'writeIopsSec'],
  ['bytes_sec_max', 'totalBytesSecMax', 'readBytesSecMax', 'writeBytesSecMax'],
  ['iops_sec_max', 'totalIopsSecMax', 'readIopsSecMax', 'writeIopsSecMax'],
] as const;

/** A limit of all traffic excludes limits of its directions. */
export function checkIotune(iotune: Iotune): void {
  for (const [name, total, read, write] of pairs) {
    if (iotune[total] !== undefined && (iotune[read] !== undefined || iotune[write] !== undefined)) {
      throw domainError('XML_ERROR', `total and read/write ${name} cannot be set at the same time`);
    }
  }
}
