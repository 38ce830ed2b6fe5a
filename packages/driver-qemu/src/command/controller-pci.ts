import type { Controller } from '@virtkit/schema';
import type { JsonObject } from './json.js';

/** Buses that come with the machine; further host bridges of pseries don't. */
export const isRootBus = ({ model, index }: Controller): boolean =>
  model === 'pcie-root' || (model === 'pci-root' && index === 0);

/** Drivers of controllers whose document names none. */
const drivers: Readonly<Record<string, string>> = {
  'pci-bridge': 'pci-bridge',
  'pci-expander-bus': 'pxb',
  'pcie-expander-bus': 'pxb-pcie',
  'dmi-to-pci-bridge': 'i82801b11-bridge',
  'pcie-to-pci-bridge': 'pcie-pci-bridge',
  'pcie-root-port': 'pcie-root-port',
  'pcie-switch-upstream-port': 'x3130-upstream',
  'pcie-switch-downstream-port': 'xio3130-downstream',
  'pci-root': 'spapr-pci-host-bridge',
};

/** Properties of a bridge or port, without its address. */
export function pciControllerProperties(controller: Controller): JsonObject {
  const { model = '', target, alias: id, modelName } = controller;
  const driver = modelName ?? drivers[model];
  switch (model) {
    case 'pci-bridge':
      return { driver, chassis_nr: target?.chassisNr, id };
    case 'pci-expander-bus':
    case 'pcie-expander-bus':
      return { driver, bus_nr: target?.busNr, id, numa_node: target?.node };
    case 'pcie-root-port':
    case 'pcie-switch-downstream-port':
      return { driver, port: target?.port, chassis: target?.chassis, id, hotplug: target?.hotplug };
    case 'pci-root':
      return { driver, index: target?.index, id, numa_node: target?.node };
    default:
      return { driver, id };
  }
}
