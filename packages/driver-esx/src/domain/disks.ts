import type { Disk, StorageSource } from '@virtkit/schema';
import type { Answer } from '../soap/answer.js';
import type { DiskController } from './controllers.js';

export interface BuiltDisk {
  readonly disk: Disk;
  readonly controller: DiskController;
}

const devices: Readonly<Record<string, Disk['device']>> = {
  VirtualDisk: 'disk',
  VirtualCdrom: 'cdrom',
  VirtualFloppy: 'floppy',
};

/** A disk, drive or floppy as a document's element; undefined for any other device. */
export function buildDisk(device: Answer, controllers: ReadonlyMap<string, DiskController>): BuiltDisk | undefined {
  const kind = devices[device.type];
  const controller = controllers.get(device.get('controllerKey').text ?? '');
  if (kind === undefined || controller === undefined) return undefined;
  const unit = device.get('unitNumber').number ?? 0;
  const backing = device.get('backing');
  const raw = /Atapi|Passthrough|DeviceBacking|RawDisk/.test(backing.type);
  const disk: Disk = {
    source: sourceOf(backing, raw),
    device: raw && kind === 'cdrom' && controller.bus === 'scsi' ? 'lun' : kind,
    target: { dev: targetName(controller, unit), bus: controller.bus },
    ...(kind === 'cdrom' ? { readonly: true } : {}),
    ...(/nonpersistent/.test(backing.get('diskMode').text ?? '') ? { transient: {} } : {}),
    address: addressOf(controller, unit),
  };
  return { disk, controller };
}

function sourceOf(backing: Answer, raw: boolean): StorageSource {
  const empty = { seclabels: [] };
  const file = backing.get('fileName').text;
  if (!raw) return { type: 'file', ...empty, ...(file === undefined || file === '' ? {} : { file }) };
  const dev = backing.get('deviceName').text;
  if (dev === undefined || dev === '' || backing.get('useAutoDetect').flag)
    return { type: 'block', ...empty, startupPolicy: 'optional' };
  return { type: 'block', ...empty, dev };
}

const scsiSelf = 7;
const unitsPerController = { scsi: 15, sata: 30, ide: 2, fdc: 2, nvme: 15 } as const;
const prefixes = { scsi: 'sd', sata: 'sd', ide: 'hd', fdc: 'fd', nvme: 'sd' } as const;

/** `sda`, `hdc`, `fda`: counted over all controllers of the bus. */
function targetName({ bus, index }: DiskController, unit: number): string {
  const own = bus === 'scsi' && unit > scsiSelf ? unit - 1 : unit;
  return `${prefixes[bus]}${letters(index * unitsPerController[bus] + own)}`;
}

function letters(index: number): string {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (index % 26));
  return index < 26 ? letter : `${letters(Math.floor(index / 26) - 1)}${letter}`;
}

function addressOf({ bus, index }: DiskController, unit: number): NonNullable<Disk['address']> {
  const channel = bus === 'ide';
  return { type: 'drive', controller: channel ? 0 : index, bus: channel ? index : 0, target: 0, unit };
}
