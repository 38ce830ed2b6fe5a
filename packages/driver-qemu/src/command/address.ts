import type { Controller, DeviceAddressOf, DeviceInfo, Domain, PciAddress } from '@virtkit/schema';
import { builtInName, controllerName } from './aliases.js';
import { isPseries } from './architecture.js';
import { isRootBus } from './controller-pci.js';
import type { JsonObject } from './json.js';

type Info = Pick<DeviceInfo, 'address' | 'acpi' | 'rom'>;

/** Where a device is plugged in, as properties of the device. Its ACPI index goes with a PCI address. */
export function addressProperties({ address, acpi }: Info, domain: Domain): JsonObject {
  switch (address?.type) {
    case 'pci':
      return { ...pciProperties(address, domain), 'acpi-index': acpi?.index || undefined };
    case 'usb':
      return { bus: `${controllerAlias(domain, 'usb', address.bus)}.0`, port: address.port };
    case 'spapr-vio':
      return { reg: address.reg };
    case 'ccw':
      return { devno: ccwText(address) };
    case 'isa':
      return { iobase: address.iobase || undefined, irq: address.irq || undefined };
    case 'dimm':
      return { slot: address.slot, addr: address.base || undefined };
    default:
      return {};
  }
}

/** Option ROM of a PCI device. */
export const romProperties = ({ rom }: Info): JsonObject => ({
  rombar: rom?.enabled === false ? undefined : rom?.bar === undefined ? undefined : rom.bar ? 1 : 0,
  romfile: rom?.enabled === false ? '' : rom?.file,
});

/** Alias of a controller by its number; on a bus that no controller stands for, QEMU's own name of it. */
export function controllerAlias(domain: Domain, type: Controller['type'], index: number): string {
  const controller = domain.devices.controllers.find((entry) => entry.type === type && entry.index === index);
  const builtIn = controller && builtInName(controller, domain);
  return builtIn ?? controller?.alias ?? `${type}${index}`;
}

function pciProperties(address: PciAddress, domain: Domain): JsonObject {
  const slot = `0x${address.slot.toString(16)}`;
  return {
    bus: pciBus(address.bus, domain),
    multifunction: address.multifunction,
    addr: address.function === 0 ? slot : `${slot}.0x${address.function.toString(16)}`,
  };
}

/** Root buses have QEMU's own name, whatever the document calls them. */
function pciAlias(controller: Controller | undefined, domain: Domain): string | undefined {
  return controller && isRootBus(controller) ? controllerName(controller, domain) : controller?.alias;
}

/** Name of a PCI bus. A host bridge of pseries has its bus one level below. */
function pciBus(bus: number, domain: Domain): string {
  const controller = domain.devices.controllers.find(({ type, index }) => type === 'pci' && index === bus);
  const alias = pciAlias(controller, domain) ?? `pci.${bus}`;
  return isPseries(domain) && controller?.model === 'pci-root' && bus > 0 ? `${alias}.0` : alias;
}

const ccwText = ({ cssid = 0, ssid = 0, devno = 0 }: DeviceAddressOf<'ccw'>): string =>
  `${cssid.toString(16)}.${ssid.toString(16)}.${devno.toString(16).padStart(4, '0')}`;
