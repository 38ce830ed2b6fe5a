import type { Controller, Domain } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { isI440fx, isQ35 } from '../complete/machine.js';
import { checkPciController } from './pci-controller.js';
import { has, unsupported } from './refuse.js';

/** Controllers of all kinds. */
export function checkControllers(domain: Domain, facts: QemuFacts): void {
  for (const controller of domain.devices.controllers) {
    switch (controller.type) {
      case 'ide':
        checkIde(controller, domain);
        break;
      case 'sata':
        if (!has(facts, 'ich9-ahci')) unsupported('SATA is not supported with this QEMU binary');
        break;
      case 'usb':
        checkUsb(controller);
        break;
      case 'scsi':
        checkScsi(controller, facts);
        break;
      case 'pci':
        checkPciController(controller);
        break;
    }
  }
}

function checkIde(controller: Controller, domain: Domain): void {
  if (controller.index === 0 && !isQ35(domain)) return;
  if (isI440fx(domain)) unsupported('Only a single IDE controller is supported for this machine type');
  unsupported('IDE controllers are unsupported for this QEMU binary or machine type');
}

const mostXhciPorts = 15;

function checkUsb({ model, ports }: Controller): void {
  if (ports === undefined) return;
  const isXhci = model === 'nec-xhci' || model === 'qemu-xhci';
  if (isXhci && ports > mostXhciPorts)
    unsupported(`'${model}' controller only supports up to '${mostXhciPorts}' ports`);
}

const scsiDevices = {
  lsilogic: 'lsi',
  lsisas1078: 'megasas',
  lsisas1068: 'mptsas1068',
  vmpvscsi: 'pvscsi',
  'virtio-scsi': 'virtio-scsi-pci',
} as const;

function checkScsi({ model }: Controller, facts: QemuFacts): void {
  const flag =
    model === undefined
      ? undefined
      : (scsiDevices as Readonly<Partial<Record<string, (typeof scsiDevices)[keyof typeof scsiDevices]>>>)[model];
  if (model === 'buslogic' || (flag !== undefined && !has(facts, flag)))
    unsupported(`Unsupported controller model: ${model ?? ''}`);
}
