import type { Controller } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { isI440fx, isQ35 } from './architecture.js';
import type { CommandContext, Section } from './context.js';
import { pciControllerProperties, isRootBus } from './controller-pci.js';
import { usbControllerProperties } from './controller-usb.js';
import { qemuError } from './errors.js';
import type { JsonObject } from './json.js';
import { device, option, type QemuOption } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** Kinds that get an option, in the order of the command line; CCID follows the hubs it is plugged into. */
const order: readonly Controller['type'][] = ['pci', 'usb', 'scsi', 'ide', 'sata', 'virtio-serial'];

export const controllersSection: Section = (context) =>
  order.flatMap((type) =>
    controllersOf(type, context).map((controller) => device(controllerDevice(controller, context))),
  );

export const ccidSection: Section = (context) =>
  controllersOf('ccid', context).map((controller) => device(controllerDevice(controller, context)));

/** Properties of buses the machine brings along. */
export const globalControllersSection: Section = (context) =>
  context.domain.devices.controllers.flatMap((controller) => globalOptions(controller, context));

function globalOptions(controller: Controller, { domain }: CommandContext): readonly QemuOption[] {
  if (controller.type !== 'pci') return [];
  const hole = controller.pcihole64;
  const hotplug = controller.target?.hotplug;
  return [
    ...(hole === undefined
      ? []
      : [option('global', `${isQ35(domain) ? 'q35' : 'i440FX'}-pcihost.pci-hole64-size=${hole}K`)]),
    ...(isI440fx(domain) && controller.model === 'pci-root' && hotplug !== undefined
      ? [option('global', `PIIX4_PM.acpi-root-pci-hotplug=${hotplug ? 'on' : 'off'}`)]
      : []),
  ];
}

const controllersOf = (type: Controller['type'], context: CommandContext): readonly Controller[] =>
  context.domain.devices.controllers.filter(
    (controller) => controller.type === type && !isBuiltIn(controller, context),
  );

/** Controllers of the machine itself have no option. */
function isBuiltIn(controller: Controller, { domain }: CommandContext): boolean {
  switch (controller.type) {
    case 'pci':
      return isRootBus(controller);
    case 'usb':
      return controller.model === 'none';
    case 'sata':
      return isQ35(domain) && controller.index === 0;
    case 'ide':
      if (isI440fx(domain) && controller.index === 0) return true;
      throw qemuError(
        'CONFIG_UNSUPPORTED',
        isI440fx(domain)
          ? 'Only a single IDE controller is supported for this machine type'
          : 'IDE controllers are unsupported for this QEMU binary or machine type',
      );
    default:
      return false;
  }
}

/** The device (`device_add`). */
export function controllerDevice(controller: Controller, context: CommandContext): JsonObject {
  return {
    ...typeProperties(controller, context),
    ...queueProperties(controller),
    ...addressProperties(controller, context.domain),
  };
}

function typeProperties(controller: Controller, context: CommandContext): JsonObject {
  switch (controller.type) {
    case 'pci':
      return pciControllerProperties(controller);
    case 'usb':
      return usbControllerProperties(controller, context);
    case 'scsi':
      return scsiProperties(controller);
    case 'sata':
      return { driver: 'ahci', id: controller.alias };
    case 'virtio-serial':
      return serialProperties(controller);
    case 'ccid':
      return { driver: 'usb-ccid', id: controller.alias };
    default:
      throw qemuError('CONFIG_UNSUPPORTED', `Unsupported controller type: ${controller.type}`);
  }
}

const scsiDrivers: Readonly<Record<string, string>> = {
  lsilogic: 'lsi',
  lsisas1068: 'mptsas1068',
  lsisas1078: 'megasas',
  vmpvscsi: 'pvscsi',
  ibmvscsi: 'spapr-vscsi',
  am53c974: 'am53c974',
  dc390: 'dc-390',
};

function scsiProperties(controller: Controller): JsonObject {
  const { model, driver, alias } = controller;
  if (!model?.startsWith('virtio')) return { driver: scsiDrivers[model ?? ''] ?? model, id: alias };
  return {
    driver: virtioDriver('virtio-scsi', controller, model),
    ...virtioProperties(driver),
    iothread: driver?.iothread && `iothread${driver.iothread}`,
    id: alias,
  };
}

const serialProperties = (controller: Controller): JsonObject => ({
  driver: virtioDriver('virtio-serial', controller, controller.model),
  ...virtioProperties(controller.driver),
  id: controller.alias,
  max_ports: controller.ports,
  vectors: controller.vectors,
});

const queueProperties = ({ type, driver }: Controller): JsonObject =>
  type === 'scsi'
    ? {
        num_queues: driver?.queues || undefined,
        cmd_per_lun: driver?.cmdPerLun || undefined,
        max_sectors: driver?.maxSectors || undefined,
        ioeventfd: driver?.ioeventfd,
      }
    : {};
