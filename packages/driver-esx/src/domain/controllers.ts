import type { Controller } from '@virtkit/schema';
import type { Answer } from '../soap/answer.js';

/** A controller that disks can hang on. */
export interface DiskController {
  readonly bus: 'ide' | 'scsi' | 'sata' | 'fdc' | 'nvme';
  readonly index: number;
  readonly model?: 'buslogic' | 'lsilogic' | 'lsisas1068' | 'vmpvscsi';
}

const kinds: Readonly<Record<string, Omit<DiskController, 'index'>>> = {
  VirtualIDEController: { bus: 'ide' },
  VirtualAHCIController: { bus: 'sata' },
  VirtualNVMEController: { bus: 'nvme' },
  VirtualSIOController: { bus: 'fdc' },
  VirtualBusLogicController: { bus: 'scsi', model: 'buslogic' },
  VirtualLsiLogicController: { bus: 'scsi', model: 'lsilogic' },
  VirtualLsiLogicSASController: { bus: 'scsi', model: 'lsisas1068' },
  ParaVirtualSCSIController: { bus: 'scsi', model: 'vmpvscsi' },
};

/** Controllers of a guest by their key. */
export function diskControllers(devices: readonly Answer[]): ReadonlyMap<string, DiskController> {
  const found = new Map<string, DiskController>();
  for (const device of devices) {
    const kind = kinds[device.type];
    if (kind !== undefined)
      found.set(device.get('key').text ?? '', { ...kind, index: device.get('busNumber').number ?? 0 });
  }
  return found;
}

/** The controllers that a document lists: those with disks. Both IDE channels are one controller there. */
export function controllerElements(used: Iterable<DiskController>): Controller[] {
  const seen = new Map<string, Controller>();
  for (const { bus, index, model } of used) {
    const number = bus === 'ide' || bus === 'fdc' ? 0 : index;
    const controller = { type: bus, index: number, ...(model === undefined ? {} : { model }) };
    seen.set(`${order.indexOf(bus)}-${String(number).padStart(3, '0')}`, controller as Controller); // the rest of its rows are optional
  }
  return [...seen.entries()].toSorted(([one], [other]) => one.localeCompare(other)).map(([, controller]) => controller);
}
const order: readonly DiskController['bus'][] = ['scsi', 'sata', 'nvme', 'ide', 'fdc'];
