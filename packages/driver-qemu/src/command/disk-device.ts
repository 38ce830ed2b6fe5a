import type { Disk, DriveAddress } from '@virtkit/schema';
import { addressProperties, controllerAlias } from './address.js';
import { cacheMode } from './block/cache-mode.js';
import { qemuError } from './errors.js';
import { has, type CommandContext } from './context.js';
import type { JsonObject } from './json.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** The guest's side of a disk (`device_add`); `node` is what it reads, absent for an empty drive. */
export function diskDevice(disk: Disk, node: string | undefined, context: CommandContext): JsonObject {
  const { geometry, blockio } = disk;
  return {
    ...busProperties(disk, context),
    'share-rw': disk.shareable || undefined,
    drive: node,
    chardev: disk.source.type === 'vhostuser' ? `chr-vu-${disk.alias}` : undefined,
    id: disk.alias,
    bootindex: disk.target.bus === 'fdc' ? undefined : context.bootOrder.get(disk),
    loadparm: has(context, 'virtio-ccw.loadparm') ? disk.boot?.loadparm : undefined,
    logical_block_size: blockio?.logicalBlockSize,
    physical_block_size: blockio?.physicalBlockSize,
    discard_granularity: blockio?.discardGranularity,
    wwn: disk.wwn === undefined ? undefined : BigInt(`0x${disk.wwn.replace(/^0x/, '')}`),
    rotation_rate: disk.target.rotationRate,
    vendor: disk.vendor,
    product: disk.product,
    removable: removable(disk),
    'write-cache': writeCache(disk),
    cyls: geometry?.cyls,
    heads: geometry?.heads,
    secs: geometry?.secs,
    'bios-chs-trans': geometry?.trans,
    serial: disk.serial?.replaceAll(' ', '\\ '),
    ...errorPolicy(disk),
  };
}

function busProperties(disk: Disk, context: CommandContext): JsonObject {
  const { domain } = context;
  const address = disk.address?.type === 'drive' ? disk.address : undefined;
  switch (disk.target.bus) {
    case 'ide':
      return {
        driver: disk.device === 'cdrom' ? 'ide-cd' : 'ide-hd',
        bus: `${controllerAlias(domain, 'ide', address?.controller ?? 0)}.${address?.bus ?? 0}`,
        unit: address?.unit,
      };
    case 'sata':
      return {
        driver: disk.device === 'cdrom' ? 'ide-cd' : 'ide-hd',
        bus: `${controllerAlias(domain, 'sata', address?.controller ?? 0)}.${address?.unit ?? 0}`,
      };
    case 'scsi':
      return scsiProperties(disk, address, context);
    case 'usb':
      return { driver: 'usb-storage', ...addressProperties(disk, domain) };
    case 'fdc':
      return { driver: 'floppy', unit: address?.unit };
    case 'virtio':
      return virtioDisk(disk, context);
    default:
      throw qemuError('INTERNAL_ERROR', `unsupported disk bus '${disk.target.bus}' with device setup`);
  }
}

const scsiDrivers: Readonly<Record<Disk['device'], string>> = {
  lun: 'scsi-block',
  cdrom: 'scsi-cd',
  disk: 'scsi-hd',
  floppy: 'scsi-hd',
};

/** Identification that doesn't depend on the device's name: its serial number or one of its place. */
function scsiProperties(disk: Disk, address: DriveAddress | undefined, { domain }: CommandContext): JsonObject {
  const controller = domain.devices.controllers.find(
    ({ type, index }) => type === 'scsi' && index === (address?.controller ?? 0),
  );
  const place: JsonObject =
    controller?.model === 'lsilogic'
      ? { 'scsi-id': address?.unit }
      : { channel: address?.bus, 'scsi-id': address?.target, lun: address?.unit };
  return {
    driver: scsiDrivers[disk.device],
    bus: `${controllerAlias(domain, 'scsi', address?.controller ?? 0)}.0`,
    ...place,
    device_id: disk.device === 'lun' ? undefined : (disk.serial ?? `drive-${disk.alias}`),
  };
}

function virtioDisk(disk: Disk, context: CommandContext): JsonObject {
  const { driver, model } = disk;
  const base = disk.source.type === 'vhostuser' ? 'vhost-user-blk' : 'virtio-blk';
  return {
    driver: virtioDriver(base, disk, model),
    ...virtioProperties(driver),
    iothread: driver?.iothread && `iothread${driver.iothread}`,
    ioeventfd: driver?.ioeventfd,
    event_idx: driver?.eventIdx,
    scsi: virtioScsi(disk, context),
    'num-queues': driver?.queues,
    'iothread-vq-mapping': driver?.iothreads?.map(({ id, queues }) => ({
      iothread: `iothread${id}`,
      vqs: queues.length > 0 ? queues.map((queue) => queue.id) : undefined,
    })),
    'queue-size': driver?.queueSize || undefined,
    ...addressProperties(disk, context.domain),
  };
}

/** Old binaries pass SCSI commands through unless told otherwise. */
function virtioScsi(disk: Disk, context: CommandContext): boolean | undefined {
  if (!has(context, 'virtio-blk-pci.scsi')) return undefined;
  if (disk.device === 'lun') return true;
  return has(context, 'virtio-blk-pci.scsi.default.disabled') ? undefined : false;
}

function removable({ target }: Disk): boolean | undefined {
  if (target.bus === 'usb') return target.removable ?? false;
  return target.bus === 'scsi' ? target.removable : undefined;
}

/** A SCSI device that is passed through keeps its own cache. */
function writeCache(disk: Disk): string | undefined {
  if (disk.device === 'lun' && disk.target.bus === 'scsi') return undefined;
  const cache = disk.device === 'floppy' ? undefined : cacheMode(disk);
  return cache && (cache.writeback ? 'on' : 'off');
}

/** What happens on errors: `enospc` is a policy of writes alone. */
function errorPolicy({ driver }: Disk): JsonObject {
  const write = driver?.errorPolicy;
  if (write === 'enospace') return { werror: 'enospc', rerror: driver?.rerrorPolicy };
  return { werror: write, rerror: driver?.rerrorPolicy ?? write };
}
