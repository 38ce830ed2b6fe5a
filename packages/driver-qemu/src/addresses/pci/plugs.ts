import type {
  Controller,
  Disk,
  Domain,
  Filesystem,
  Hostdev,
  Input,
  NetworkInterface,
  Sound,
  Video,
} from '@virtkit/schema';
import type { QemuFacts } from '../../complete/facts.js';
import { hasPcieRoot } from '../../complete/machine.js';
import { busTraits, sharesSlot } from './bus-models.js';
import type { PciBusModel } from './bus-models.js';
import { pciePlug, pciPlug, plug } from './connect-flags.js';
import type { Plug } from './connect-flags.js';
import { isKnownModel } from '../../complete/network-models.js';
import { isPlaced } from './placed.js';

/** The plugs of one guest: on a machine with conventional PCI alone everything is conventional. */
export class Plugs {
  /** For devices that are PCI Express where the machine is. */
  readonly express: Plug;

  constructor(
    domain: Domain,
    private readonly facts: QemuFacts,
  ) {
    this.express = hasPcieRoot(domain) ? pciePlug : pciPlug;
  }

  /** Virtio devices are Express devices, but for the transitional ones, which need the old interface. */
  virtio(model: string | undefined): Plug {
    return model === 'virtio-transitional' ? pciPlug : this.express;
  }

  disk({ target, model }: Disk): Plug | undefined {
    return target.bus === 'virtio' ? this.virtio(model) : undefined;
  }

  interface({ model, source }: NetworkInterface): Plug | undefined {
    if (source.type === 'hostdev') return this.hostFunction(source.address);
    switch (model?.type) {
      case 'usb-net':
        return undefined;
      case 'e1000e':
      case 'igb':
        return this.express;
      case 'virtio':
      case 'virtio-transitional':
      case 'virtio-non-transitional':
        return this.virtio(model.type);
      default:
        return model === undefined || isKnownModel(model.type) ? pciPlug : this.express;
    }
  }

  sound({ model }: Sound): Plug | undefined {
    if (model === 'sb16' || model === 'pcspk' || model === 'usb') return undefined;
    return model === 'virtio' ? this.express : pciPlug;
  }

  filesystem({ model }: Filesystem): Plug {
    return this.virtio(model);
  }

  controller(controller: Controller): Plug | undefined {
    switch (controller.type) {
      case 'pci':
        return pciControllerPlug(controller.model as PciBusModel | undefined); // models are checked against the type when read
      case 'usb':
        return this.#usb(controller.model);
      case 'scsi':
        return this.#scsi(controller.model);
      case 'virtio-serial':
        return this.virtio(controller.model);
      case 'sata':
      case 'ide':
        return pciPlug;
      default:
        return undefined;
    }
  }

  #usb(model: Controller['model']): Plug | undefined {
    if (model === 'none') return undefined;
    return model === 'qemu-xhci' || model === 'nec-xhci' ? this.express : pciPlug;
  }

  #scsi(model: Controller['model']): Plug | undefined {
    switch (model) {
      case 'virtio-scsi':
      case 'virtio-non-transitional':
        return this.express;
      case 'ncr53c90':
      case 'ibmvscsi':
        return undefined;
      default:
        return pciPlug;
    }
  }

  hostdev({ source, model, mode, address }: Hostdev): Plug | undefined {
    if (mode !== 'subsystem') return undefined;
    switch (source.type) {
      case 'pci':
        return isPlaced(address) ? this.express : this.hostFunction(source.address);
      case 'mdev':
        return model === 'vfio-ccw' || model === 'vfio-ap' ? undefined : this.express;
      case 'scsi_host':
        return this.virtio(model);
      default:
        return undefined;
    }
  }

  /** As the device is on the host; Express is likeliest where that cannot be seen. */
  hostFunction(
    address:
      | { readonly domain: number; readonly bus: number; readonly slot: number; readonly function: number }
      | undefined,
  ): Plug {
    if (address === undefined || this.express.kind === 'pci-device') return this.express;
    return this.facts.host.isPciExpress(address) === false ? pciPlug : this.express;
  }

  video({ model }: Video): Plug | undefined {
    switch (model.type) {
      case 'virtio':
      case 'bochs':
        return this.express;
      case 'vga':
      case 'cirrus':
      case 'vmvga':
      case 'qxl':
        return pciPlug;
      default:
        return undefined;
    }
  }

  input({ bus, model, type }: Input): Plug | undefined {
    return bus === 'virtio' || (type === 'passthrough' && bus === undefined) ? this.virtio(model) : undefined;
  }
}

/** What a PCI controller needs of the bus above it; undefined for the roots. */
export function pciControllerPlug(model: PciBusModel | undefined): Plug | undefined {
  const kind = model === undefined ? undefined : busTraits[model].plug;
  return kind === undefined || model === undefined
    ? undefined
    : plug(kind, { shares: sharesSlot(model), hotplug: kind === 'pcie-to-pci-bridge' });
}
