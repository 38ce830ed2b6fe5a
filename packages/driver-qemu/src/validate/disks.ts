import { type Disk, diskIndex, type Domain, type Iotune, isEmptySource, type StorageSource } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { findController } from '../complete/insert-controller.js';
import type { QemuFacts } from '../complete/facts.js';
import { checkDiskBus } from './disk-bus.js';
import { checkImages } from './disk-images.js';
import { has, unsupported } from './refuse.js';
import { hasSharedMemory } from './shared-memory.js';

/** Disks, one by one, then what they share. */
export function checkDisks(domain: Domain, facts: QemuFacts): void {
  for (const disk of domain.devices.disks) {
    checkDiskBus(disk, domain);
    checkTarget(disk);
    checkLun(disk, facts);
    checkOptions(disk);
    checkTransient(disk);
    checkIothreads(disk, domain);
    checkImages(disk);
    checkThrottling(disk);
    if (disk.source.type === 'vhostuser' && !hasSharedMemory(domain)) unsupported("'vhostuser' requires shared memory");
  }
}

/** Names say which disk of its bus it is; media are changed in drives that can. */
function checkTarget({ target, device, driver, wwn }: Disk): void {
  if (wwn !== undefined && target.bus !== 'ide' && target.bus !== 'scsi')
    unsupported('Only ide and scsi disk support wwn');
  if (driver?.name !== undefined && driver.name !== 'qemu')
    unsupported(`unsupported driver name '${driver.name}' for disk '${target.dev}'`);
  if (diskIndex(target.dev) === undefined) unsupported(`invalid disk target '${target.dev}'`);
  if (device === 'cdrom' && (target.bus === 'virtio' || target.bus === 'sd'))
    unsupported(`disk type of '${target.dev}' does not support ejectable media`);
}

/** A LUN is a device of the host that the guest speaks SCSI to. */
function checkLun(disk: Disk, facts: QemuFacts): void {
  if (disk.device !== 'lun') return;
  const { bus } = disk.target;
  if (bus !== 'scsi' && bus !== 'virtio') unsupported(`disk device='lun' is not supported for bus='${bus ?? ''}'`);
  if (bus === 'virtio' && (!has(facts, 'virtio-blk-pci.scsi') || disk.model === 'virtio-non-transitional')) {
    unsupported("This QEMU doesn't support SCSI emulation with 'virtio-blk' device");
  }
  checkLunSource(disk.source);
  if (disk.wwn !== undefined) unsupported('Setting wwn is not supported for lun device');
  if (disk.vendor !== undefined || disk.product !== undefined)
    unsupported('Setting vendor or product is not supported for lun device');
  if (bus === 'scsi' && disk.serial !== undefined)
    unsupported("scsi-block 'lun' devices do not support the serial property");
}

function checkLunSource(source: StorageSource): void {
  if (source.type === 'network') {
    if (source.protocol !== 'iscsi')
      unsupported(`disk device='lun' is not supported for protocol='${source.protocol}'`);
  } else if (source.type !== 'block' && source.type !== 'volume')
    unsupported("disk device='lun' is only valid for block type disk source");
}

const safeSerial = /^[A-Za-z0-9_ +.-]*$/;

function checkOptions(disk: Disk): void {
  const { driver, device, geometry, serial, target } = disk;
  if (driver?.io === 'native' && driver.cache !== 'none' && driver.cache !== 'directsync')
    unsupported("io='native' needs either no disk cache or directsync cache mode");
  if (driver?.copyOnRead === true) {
    if (disk.readonly === true) unsupported(`copy_on_read is not compatible with read-only disk '${target.dev}'`);
    if (device === 'lun') unsupported(`copy_on_read is not compatible with 'lun' disk '${target.dev}'`);
    if (device === 'cdrom' || device === 'floppy')
      unsupported(`copy_on_read is not supported with removable disk '${target.dev}'`);
  }
  if (target.bus !== 'scsi' && disk.vendor !== undefined) unsupported("Only scsi disk supports 'vendor'");
  if (target.bus !== 'scsi' && disk.product !== undefined) unsupported("Only scsi disk supports 'product'");
  if (geometry !== undefined) {
    if (target.bus === 'usb' || target.bus === 'sd') unsupported(`CHS geometry can not be set for '${target.bus}' bus`);
    if (geometry.trans !== undefined && target.bus !== 'ide') {
      unsupported(`CHS translation mode can only be set for 'ide' bus not '${target.bus ?? ''}'`);
    }
  }
  if (serial !== undefined && !safeSerial.test(serial))
    unsupported(`driver serial '${serial}' contains unsafe characters`);
}

function checkTransient(disk: Disk): void {
  if (disk.transient === undefined) return;
  const name = disk.target.dev;
  if (disk.readonly === true) unsupported(`transient disk '${name}' must not be read-only`);
  if (disk.source.type !== 'file') unsupported(`transient disk supported only with 'file' type (${name})`);
  if (isEmptySource(disk.source)) unsupported('transient disk source file not specified');
  if (disk.transient.shareBacking === true && !['usb', 'scsi', 'virtio'].includes(disk.target.bus ?? '')) {
    unsupported(`disk bus '${disk.target.bus ?? ''}' doesn't support transient disk backing image sharing`);
  }
}

function checkIothreads(disk: Disk, domain: Domain): void {
  const { driver, target } = disk;
  const named = [
    ...(driver?.iothread === undefined ? [] : [driver.iothread]),
    ...(driver?.iothreads ?? []).map(({ id }) => id),
  ];
  if (named.length === 0) return;
  const isServed = target.bus === 'virtio' || (target.bus === 'scsi' && usesVirtioScsi(disk, domain));
  if (!isServed) unsupported(`IOThreads not available for bus ${target.bus ?? ''} target ${target.dev}`);
  for (const id of named) {
    if (domain.iothreadids?.some((thread) => thread.id === id) !== true)
      unsupported(`Disk iothread '${id}' not defined in iothreadid`);
  }
}

function usesVirtioScsi({ address }: Disk, domain: Domain): boolean {
  const controller = address?.type === 'drive' ? findController(domain, 'scsi', address.controller) : undefined;
  return controller?.model?.startsWith('virtio') === true;
}

const mostThroughput = 1_000_000_000_000_000;

/** A group without limits limits nothing. */
function checkThrottling({ iotune }: Disk): void {
  if (iotune === undefined) return;
  const { groupName, ...limits } = iotune;
  const values = Object.values(limits).filter((value) => value !== undefined && value > 0);
  if (groupName !== undefined && values.length === 0)
    unsupported('group_name can be configured only together with settings');
  if (values.some((value) => value !== undefined && value > mostThroughput))
    throw virtError(
      'ARGUMENT_UNSUPPORTED',
      `block I/O throttle limit must be no more than ${mostThroughput} using QEMU`,
    );
}

/** Disks of one throttle group have the same limits. */
export function checkThrottleGroups({ devices }: Domain): void {
  const groups = new Map<string, Disk>();
  for (const disk of devices.disks) {
    const name = disk.iotune?.groupName;
    if (name === undefined || disk.iotune === undefined) continue;
    const first = groups.get(name);
    if (first === undefined) groups.set(name, disk);
    else if (!isSame(first.iotune, disk.iotune))
      unsupported(`different iotunes for disks ${first.target.dev} and ${disk.target.dev}`);
  }
}

const isSame = (a: Iotune | undefined, b: Iotune): boolean => {
  const entries = (value: Iotune): string =>
    JSON.stringify(
      Object.entries(value)
        .map(([key, limit]) => [key, String(limit)])
        .sort(),
    );
  return a !== undefined && entries(a) === entries(b);
};
