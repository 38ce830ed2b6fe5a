import { errorsFrom } from '../../errors/virt-error.js';
import type { Disk, Iotune } from './disk.js';

const domainError = errorsFrom('DOMAIN');
const virtError = errorsFrom('NONE');

/** What is refused already when a disk is read. */
export function checkDisk(disk: Disk): void {
  emptyMedium(disk);
  const { source } = disk;
  if (disk.auth !== undefined && 'auth' in source && source.auth !== undefined) {
    throw domainError('CONFIG_UNSUPPORTED', 'an <auth> definition already found for disk source');
  }
  if (disk.encryption !== undefined && source.encryption !== undefined) {
    throw domainError('CONFIG_UNSUPPORTED', 'an <encryption> definition already found for disk source');
  }
  if (disk.target.bus !== undefined && disk.device === 'floppy' && disk.target.bus !== 'fdc') {
    throw domainError('INTERNAL_ERROR', `Invalid bus type '${disk.target.bus}' for floppy disk`);
  }
  if (disk.device === 'floppy' && !disk.target.dev.startsWith('fd')) {
    throw domainError('INTERNAL_ERROR', `Invalid floppy device name: ${disk.target.dev}`);
  }
  checkNames(disk);
  if (disk.iotune !== undefined) checkIotune(disk.iotune);
}

/** What kind of storage an empty drive would have means nothing. */
function emptyMedium(disk: Disk): void {
  const { source } = disk;
  if (disk.device !== 'cdrom' && disk.device !== 'floppy') return;
  if (
    (source.type === 'network' && source.protocol === undefined) ||
    (source.type === 'volume' && source.pool === undefined)
  ) {
    disk.source = { type: 'file', seclabels: [] };
  }
}

function checkNames({ wwn, vendor, product }: Disk): void {
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
function checkIotune(iotune: Iotune): void {
  for (const [name, total, read, write] of pairs) {
    if (iotune[total] !== undefined && (iotune[read] !== undefined || iotune[write] !== undefined)) {
      throw domainError('XML_ERROR', `total and read/write ${name} cannot be set at the same time`);
    }
  }
}
