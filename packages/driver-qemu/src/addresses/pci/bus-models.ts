import type { PlugKind } from './connect-flags.js';

/** Models of PCI controllers, each of which is a bus. */
export type PciBusModel =
  | 'pci-root'
  | 'pcie-root'
  | 'pci-bridge'
  | 'dmi-to-pci-bridge'
  | 'pcie-to-pci-bridge'
  | 'pcie-root-port'
  | 'pcie-switch-upstream-port'
  | 'pcie-switch-downstream-port'
  | 'pci-expander-bus'
  | 'pcie-expander-bus';

/** What a bus offers. */
export interface BusTraits {
  readonly accepts: readonly PlugKind[];
  readonly hotplug: boolean;
  readonly minSlot: number;
  readonly maxSlot: number;
  /** The plug the controller itself needs; undefined for the roots. */
  readonly plug: PlugKind | undefined;
}

const lastSlot = 31;

/** Every bus model. */
export const busTraits: Readonly<Record<PciBusModel, BusTraits>> = {
  'pci-root': {
    accepts: ['pci-device', 'pci-bridge', 'pci-expander-bus'],
    hotplug: true,
    minSlot: 1,
    maxSlot: lastSlot,
    plug: undefined,
  },
  'pcie-root': {
    accepts: [
      'pcie-device',
      'pcie-root-port',
      'pcie-expander-bus',
      'dmi-to-pci-bridge',
      'pcie-to-pci-bridge',
      'integrated',
    ],
    hotplug: false,
    minSlot: 1,
    maxSlot: lastSlot,
    plug: undefined,
  },
  'pci-bridge': {
    accepts: ['pci-device', 'pci-bridge'],
    hotplug: true,
    minSlot: 1,
    maxSlot: lastSlot,
    plug: 'pci-bridge',
  },
  'dmi-to-pci-bridge': {
    accepts: ['pci-device', 'pci-bridge'],
    hotplug: false,
    minSlot: 0,
    maxSlot: lastSlot,
    plug: 'dmi-to-pci-bridge',
  },
  'pcie-to-pci-bridge': {
    accepts: ['pci-device', 'pci-bridge'],
    hotplug: true,
    minSlot: 1,
    maxSlot: lastSlot,
    plug: 'pcie-to-pci-bridge',
  },
  'pcie-root-port': {
    accepts: ['pcie-device', 'pcie-switch-upstream-port', 'pcie-to-pci-bridge'],
    hotplug: true,
    minSlot: 0,
    maxSlot: 0,
    plug: 'pcie-root-port',
  },
  'pcie-switch-upstream-port': {
    accepts: ['pcie-switch-downstream-port'],
    hotplug: false,
    minSlot: 0,
    maxSlot: lastSlot,
    plug: 'pcie-switch-upstream-port',
  },
  'pcie-switch-downstream-port': {
    accepts: ['pcie-device', 'pcie-switch-upstream-port', 'pcie-to-pci-bridge'],
    hotplug: true,
    minSlot: 0,
    maxSlot: 0,
    plug: 'pcie-switch-downstream-port',
  },
  'pci-expander-bus': {
    accepts: ['pci-device', 'pci-bridge'],
    hotplug: false,
    minSlot: 0,
    maxSlot: lastSlot,
    plug: 'pci-expander-bus',
  },
  'pcie-expander-bus': {
    accepts: ['pcie-root-port', 'dmi-to-pci-bridge'],
    hotplug: false,
    minSlot: 0,
    maxSlot: lastSlot,
    plug: 'pcie-expander-bus',
  },
};

/** Root ports share their slot with others; such a slot is a multifunction device. */
export const sharesSlot = (model: PciBusModel): boolean => model === 'pcie-root-port';
