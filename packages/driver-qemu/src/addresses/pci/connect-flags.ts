/** What a device needs of the slot it is put into, and what a bus offers. */
export type PlugKind =
  | 'pci-device'
  | 'pcie-device'
  | 'pcie-root-port'
  | 'pcie-switch-upstream-port'
  | 'pcie-switch-downstream-port'
  | 'dmi-to-pci-bridge'
  | 'pcie-to-pci-bridge'
  | 'pci-expander-bus'
  | 'pcie-expander-bus'
  | 'pci-bridge'
  | 'integrated';

/** What a device asks for. */
export interface Plug {
  readonly kind: PlugKind;
  /** It wants to be unplugged some day. */
  readonly hotplug: boolean;
  /** It shares its slot with others of this sort. */
  readonly shares: boolean;
}

export const plug = (
  kind: PlugKind,
  options: { readonly hotplug?: boolean; readonly shares?: boolean } = {},
): Plug => ({
  kind,
  hotplug: options.hotplug ?? false,
  shares: options.shares ?? false,
});

/** A part of the machine, which sits on the root bus of PCI Express. */
export const integratedPlug = plug('integrated');
/** An endpoint on conventional PCI that may be hotplugged. */
export const pciPlug = plug('pci-device', { hotplug: true });
/** An endpoint on PCI Express that may be hotplugged. */
export const pciePlug = plug('pcie-device', { hotplug: true });

/** The words for a plug in messages. */
export const plugWords: Readonly<Record<PlugKind, string>> = {
  'pci-device': 'standard PCI device',
  'pcie-device': 'PCI Express device',
  'pcie-root-port': 'pcie-root-port',
  'pcie-switch-upstream-port': 'pcie-switch-upstream-port',
  'pcie-switch-downstream-port': 'pcie-switch-downstream-port',
  'dmi-to-pci-bridge': 'dmi-to-pci-bridge',
  'pcie-to-pci-bridge': 'pcie-to-pci-bridge',
  'pci-expander-bus': 'pci-expander-bus',
  'pcie-expander-bus': 'pcie-expander-bus',
  'pci-bridge': 'pci-bridge',
  integrated: 'standard PCI device',
};
