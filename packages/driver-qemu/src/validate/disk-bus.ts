import { type Disk, type Domain, isEmptySource } from '@virtkit/schema';
import { findController } from '../complete/insert-controller.js';
import { isPseries, isX86 } from '../complete/machine.js';
import { internalError, unsupported } from './refuse.js';

/** What the bus of a disk allows. */
export function checkDiskBus(disk: Disk, domain: Domain): void {
  const { address } = disk;
  const drive = address?.type === 'drive' ? address : undefined;
  switch (disk.target.bus) {
    case 'scsi':
      if (address !== undefined && drive === undefined) internalError('unexpected address type for scsi disk');
      if (drive !== undefined) checkScsi(domain, drive);
      break;
    case 'ide':
      if (disk.device === 'disk' && disk.readonly === true) unsupported('readonly ide disks are not supported');
      if (address !== undefined && drive === undefined) internalError('unexpected address type for ide disk');
      if ((drive?.controller ?? 0) !== 0) internalError('Only 1 IDE controller is supported');
      if ((drive?.target ?? 0) !== 0) unsupported('target must be 0 for ide controller');
      break;
    case 'fdc':
      checkFloppy(domain, drive);
      break;
    case 'sata':
      if (drive?.bus !== undefined && drive.bus !== 0) unsupported('bus must be 0 for sata controller');
      if ((drive?.target ?? 0) !== 0) unsupported('target must be 0 for SATA controller');
      break;
    case 'usb':
      if (address !== undefined && address.type !== 'usb') internalError('unexpected address type for usb disk');
      if (isEmptySource(disk.source)) unsupported("'usb' disk must not be empty");
      break;
  }
}

interface Drive {
  readonly controller: number;
  readonly bus: number;
  readonly target: number;
  readonly unit: number;
}

function checkScsi(domain: Domain, { controller, bus, target }: Drive): void {
  if (bus !== 0) internalError('SCSI controller only supports 1 bus');
  const model = findController(domain, 'scsi', controller)?.model ?? 'lsilogic';
  if (model.startsWith('virtio') || model === 'vmpvscsi') return;
  if (model === 'lsisas1078' || model === 'lsisas1068' || model === 'ibmvscsi') return;
  if (target !== 0 && (model === 'lsilogic' || model === 'auto'))
    unsupported(`target must be 0 for controller model '${model}'`);
}

function checkFloppy(domain: Domain, drive: Drive | undefined): void {
  if (isPseries(domain)) unsupported('PowerPC pseries machines do not support floppy device');
  if (!isX86(domain)) unsupported('floppy disks are not supported with this machine type');
  if ((drive?.controller ?? 0) !== 0) unsupported('Only 1 fdc controller is supported');
  if ((drive?.bus ?? 0) !== 0) unsupported('Only 1 fdc bus is supported');
  if ((drive?.target ?? 0) !== 0) unsupported('target must be 0 for controller fdc');
}
