import type { Device, DeviceKind } from '@virtkit/core';
import type { Disk } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import { isDrive } from '../../guests/disk-source.js';

/** Kinds no running guest gets or loses, whatever the hypervisor could do. */
const fixed: readonly DeviceKind[] = [
  'sound',
  'video',
  'graphics',
  'hub',
  'smartcard',
  'memballoon',
  'nvram',
  'tpm',
  'panic',
  'iommu',
  'audio',
];
const changeable: readonly DeviceKind[] = ['disk', 'graphics', 'interface', 'memory'];
const replaceable: readonly DeviceKind[] = ['disk', 'graphics', 'interface'];

/** @throws `OPERATION_UNSUPPORTED` for a device that can only be there from the start. */
export function refuseFixed(change: 'attach' | 'detach', { kind }: Device): void {
  if (fixed.includes(kind))
    throw virtError('OPERATION_UNSUPPORTED', `live ${change} of device '${kind}' is not supported`);
}

/** @throws `OPERATION_UNSUPPORTED` for a disk that is wired to the machine. @libvirt qemuDomainDetachPrepDisk */
export function refuseFixedDrive(disk: Disk): void {
  const { device } = disk;
  const { bus } = disk.target;
  if (device === 'floppy' || (isDrive(disk) && bus !== 'usb' && bus !== 'scsi'))
    throw virtError('OPERATION_UNSUPPORTED', `disk device type '${device}' cannot be detached`);
  if (bus !== undefined && !['virtio', 'usb', 'scsi'].includes(bus))
    throw virtError('OPERATION_UNSUPPORTED', 'This type of disk cannot be hot unplugged');
}

/** @throws `CONFIG_UNSUPPORTED` for a device nothing of which can change while its guest runs. */
export function refuseUnchangeable({ kind }: Device): void {
  if (!changeable.includes(kind))
    throw virtError('CONFIG_UNSUPPORTED', `live update of device '${kind}' is not supported`);
}

/** What a definition has from the start or not at all. */
const unattachable: readonly DeviceKind[] = [
  'graphics',
  'video',
  'hub',
  'smartcard',
  'memballoon',
  'nvram',
  'tpm',
  'panic',
  'audio',
  'crypto',
  'pstore',
];

/** libvirt counts all character devices as one kind. */
const wordOf = (kind: DeviceKind): string =>
  ['serial', 'parallel', 'console', 'channel'].includes(kind) ? 'chr' : kind;

/** @throws `OPERATION_UNSUPPORTED` for a device no definition gets later. @libvirt qemuDomainAttachDeviceConfig */
export function refuseUnattachable({ kind }: Device): void {
  if (unattachable.includes(kind))
    throw virtError('OPERATION_UNSUPPORTED', `persistent attach of device '${kind}' is not supported`);
}

/** @throws `OPERATION_UNSUPPORTED` for a device that a definition keeps as it is */
export function refuseIrreplaceable({ kind }: Device): void {
  if (!replaceable.includes(kind))
    throw virtError('OPERATION_UNSUPPORTED', `persistent update of device '${wordOf(kind)}' is not supported`);
}
