import type { Controller } from '@virtkit/schema';
import { unsupported } from './refuse.js';

type Model = NonNullable<Controller['model']>;

const names: Readonly<Partial<Record<Model, readonly NonNullable<Controller['modelName']>[]>>> = {
  'pci-root': ['spapr-pci-host-bridge'],
  'pci-bridge': ['pci-bridge'],
  'dmi-to-pci-bridge': ['i82801b11-bridge'],
  'pcie-root-port': ['ioh3420', 'pcie-root-port'],
  'pcie-switch-upstream-port': ['x3130-upstream'],
  'pcie-switch-downstream-port': ['xio3130-downstream'],
  'pci-expander-bus': ['pxb'],
  'pcie-expander-bus': ['pxb-pcie'],
  'pcie-to-pci-bridge': ['pcie-pci-bridge'],
};

/** Options by the models they belong to. */
const owners: Readonly<Partial<Record<string, readonly Model[]>>> = {
  chassisNr: ['pci-bridge'],
  chassis: ['pcie-root-port', 'pcie-switch-downstream-port'],
  port: ['pcie-root-port', 'pcie-switch-downstream-port'],
  busNr: ['pci-expander-bus', 'pcie-expander-bus'],
  hotplug: ['pci-root', 'pcie-root-port', 'pcie-switch-downstream-port'],
  node: ['pci-expander-bus', 'pcie-expander-bus', 'pci-root'],
  index: ['pci-root'],
  memReserve: ['pcie-root-port'],
};

const optionNames: Readonly<Record<string, string>> = { node: 'numaNode', index: 'targetIndex' };

/** Which options a PCI controller may have. */
export function checkPciController(controller: Controller): void {
  const { model, modelName, address } = controller;
  if (model === undefined) return;
  if ((model === 'pci-root' || model === 'pcie-root') && address !== undefined) {
    unsupported('pci-root and pcie-root controllers should not have an address');
  }
  if (modelName !== undefined && names[model]?.includes(modelName) !== true) invalid('modelName', controller);
  for (const [option, value] of Object.entries(controller.target ?? {})) {
    const allowed = owners[option];
    if (value !== undefined && allowed !== undefined && !allowed.includes(model))
      notValid(optionNames[option] ?? option, controller);
  }
}

const describe = ({ index = 0, model = 'pci-root', modelName = 'none' }: Controller): string =>
  `PCI controller with index '${index}', model '${model}' and modelName '${modelName}'`;

const invalid = (option: string, controller: Controller): never =>
  unsupported(`Option '${option}' has invalid value for ${describe(controller)}`);
const notValid = (option: string, controller: Controller): never =>
  unsupported(`Option '${option}' is not valid for ${describe(controller)}`);
