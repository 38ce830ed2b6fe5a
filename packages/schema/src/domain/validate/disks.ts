import { errorsFrom } from '../../errors/virt-error.js';
import type { Disk, DiskTarget } from '../devices/disk.js';
import type { StorageSource } from '../devices/storage-source.js';
import type { Domain } from '../domain.js';
import { checkIotune, checkNames, checkTarget } from './disk-names.js';
import { validateVhostUser } from './vhost-user-disk.js';
import { refuseVirtioOptions as refuseVirtio } from './virtio-options.js';

const virtError = errorsFrom('DOMAIN');
const unsupported = (text: string): Error => virtError('CONFIG_UNSUPPORTED', text);

/** What disks must be whatever the hypervisor. */
export function validateDisks({ devices }: Domain): void {
  for (const disk of devices.disks) validateDisk(disk);
}

function validateDisk(disk: Disk): void {
  checkTarget(disk);
  checkNames(disk);
  if (disk.iotune !== undefined) checkIotune(disk.iotune);
  if (disk.target.bus !== 'virtio') refuseVirtioOptions(disk);
  validateLun(disk);
  if (disk.source.type === 'vhostuser') validateVhostUser(disk);
  const { bus } = disk.target;
  if (disk.device === 'floppy' && bus !== 'fdc')
    throw virtError('INTERNAL_ERROR', `Invalid bus type '${bus ?? ''}' for floppy disk`);
  if (disk.device !== 'floppy' && bus === 'fdc')
    throw virtError('INTERNAL_ERROR', `Invalid bus type '${bus}' for disk`);
  if (disk.driver?.discardNoUnref === true && disk.readonly === true)
    throw unsupported("'discard_no_unref' is not compatible with read-only disk");
  if (disk.target.tray === 'open' && !removable(disk.device))
    throw unsupported('tray is only valid for cdrom and floppy');
  if (disk.target.removable === true && bus !== 'usb' && bus !== 'scsi') {
    throw virtError('XML_ERROR', 'removable is only valid for usb or scsi disks');
  }
  if ((disk.device === 'disk' || disk.device === 'lun') && !/^(hd|sd|vd|xvd|ubd)/.test(disk.target.dev)) {
    throw virtError('INTERNAL_ERROR', `Invalid harddisk device name: ${disk.target.dev}`);
  }
  if (disk.device === 'floppy' && !disk.target.dev.startsWith('fd'))
    throw virtError('INTERNAL_ERROR', `Invalid floppy device name: ${disk.target.dev}`);
  validateStartup(disk);
  validateSource(disk);
  validateSecret(disk);
  validateAddress(disk);
}

/** Options of virtio queues mean nothing on another bus. */
function refuseVirtioOptions({ driver, model, target }: Disk): void {
  if (model !== undefined) throw unsupported(`disk model '${model}' not supported for bus '${target.bus ?? ''}'`);
  if (driver?.ioeventfd !== undefined) throw unsupported('disk ioeventfd mode supported only for virtio bus');
  if (driver?.eventIdx !== undefined) throw unsupported('disk event_idx mode supported only for virtio bus');
  if (driver?.queues !== undefined)
    throw unsupported('queues attribute in disk driver element is only supported for virtio bus');
  if (driver?.queueSize !== undefined)
    throw unsupported('queue_size attribute in disk driver is only supported for virtio bus');
  refuseVirtio(driver);
}

function validateStartup({ source, device }: Disk): void {
  const policy = 'startupPolicy' in source ? source.startupPolicy : undefined;
  if (policy === undefined) return;
  if (source.type === 'network') {
    throw virtError('XML_ERROR', `disk startupPolicy '${policy}' is not allowed for disk of 'network' type`);
  }
  if (policy === 'requisite' && device !== 'cdrom' && device !== 'floppy') {
    throw virtError('XML_ERROR', `disk startupPolicy '${policy}' is allowed only for cdrom or floppy`);
  }
}

function validateLun({ device, encryption, source, rawio, sgio }: Disk): void {
  if (device !== 'lun') {
    if (rawio !== undefined) throw unsupported("rawio can be used only with device='lun'");
    if (sgio !== undefined) throw unsupported("sgio can be used only with device='lun'");
    return;
  }
  if (sgio === 'unfiltered') throw unsupported('unfiltered sgio is no longer supported');
  const block =
    source.type === 'block' || source.type === 'volume' || (source.type === 'network' && source.protocol === 'iscsi');
  if (!block) throw unsupported("disk device='lun' is only valid for block type disk source");
  if ((source.encryption ?? encryption) !== undefined)
    throw unsupported("disk device 'lun' doesn't support encryption");
}

const removable = (device: Disk['device']): boolean => device === 'cdrom' || device === 'floppy';

/** Only drives for media may be empty. */
function validateSource({ device, source, target }: Disk): void {
  if (!removable(device) && isEmptySource(source)) throw virtError('NO_SOURCE', target.dev);
}

/** Nothing is named. */
export function isEmptySource(source: StorageSource): boolean {
  switch (source.type) {
    case 'file':
      return source.file === undefined && source.fdgroup === undefined;
    case 'block':
    case 'vhostvdpa':
      return source.dev === undefined;
    case 'dir':
      return source.dir === undefined;
    case 'volume':
      return source.pool === undefined;
    case 'vhostuser':
      return source.path === undefined;
    case 'nvme':
      return source.namespace === undefined;
    default:
      return source.type === 'network' && source.protocol === undefined;
  }
}

const withAuth: readonly string[] = ['iscsi', 'rbd', 'http', 'https', 'ftp', 'ftps', 'ssh'];

/** Who may log in where, and kinds of secret by protocol. */
function validateSecret({ source, auth }: Disk): void {
  const known = source.auth ?? auth;
  if (source.type !== 'network' || known === undefined) return;
  if (!withAuth.includes(source.protocol))
    throw unsupported(`authentication is not supported for protocol '${source.protocol}'`);
  const kind = known.secret.type;
  if (kind === 'none') return;
  const wanted = source.protocol === 'rbd' ? 'ceph' : source.protocol === 'iscsi' ? 'iscsi' : undefined;
  if (wanted !== undefined && kind !== wanted) throw unsupported(`invalid secret type '${kind}'`);
}

const driveBuses: readonly DiskTarget['bus'][] = ['ide', 'fdc', 'scsi', 'sata'];

/** Disks on buses with fixed places have addresses of that kind. */
export function validateAddress({ address, target }: Disk): void {
  if (address === undefined || !driveBuses.includes(target.bus) || address.type === 'drive') return;
  if (address.type === 'unassigned') return;
  throw unsupported(
    `Invalid address type '${address.type}' for the disk '${target.dev}' with the bus type '${target.bus ?? ''}'`,
  );
}

/** Each disk has a name of its own in the guest. */
export function refuseSameTargets({ devices }: Domain): void {
  const seen = new Map<string, Disk>();
  for (const disk of devices.disks) {
    const other = seen.get(disk.target.dev);
    if (other !== undefined) {
      throw virtError(
        'XML_ERROR',
        `target '${disk.target.dev}' duplicated for disk sources '${place(other)}' and '${place(disk)}'`,
      );
    }
    seen.set(disk.target.dev, disk);
  }
}

const place = ({ source }: Disk): string => {
  if (source.type === 'file') return source.file ?? '<null>';
  if (source.type === 'block') return source.dev ?? '<null>';
  return source.type === 'network' ? (source.name ?? '<null>') : '<null>';
};
