import { errorsFrom } from '@virtkit/schema';
import type { Controller, Domain } from '@virtkit/schema';
import type { QemuFacts } from '../../complete/facts.js';
import { isPseries } from '../../complete/machine.js';
import { isPlaced } from './placed.js';

const virtError = errorsFrom('QEMU');

type ModelName = Controller['modelName'];

const modelNames: Readonly<Partial<Record<NonNullable<Controller['model']>, ModelName>>> = {
  'pci-bridge': 'pci-bridge',
  'dmi-to-pci-bridge': 'i82801b11-bridge',
  'pcie-switch-upstream-port': 'x3130-upstream',
  'pcie-switch-downstream-port': 'xio3130-downstream',
  'pci-expander-bus': 'pxb',
  'pcie-expander-bus': 'pxb-pcie',
  'pcie-to-pci-bridge': 'pcie-pci-bridge',
};

/** QEMU's device for a PCI controller and the numbers it needs. */
export function completePciControllers(domain: Domain, facts: QemuFacts): void {
  for (const controller of domain.devices.controllers) {
    if (controller.type !== 'pci' || controller.model === undefined) continue;
    checkOrder(controller);
    if (controller.model === 'pci-root' && isPseries(domain)) completeRoot(controller, domain);
    controller.modelName ??= modelNameOf(controller.model, facts);
    completeNumbers(controller, domain);
  }
}

function modelNameOf(model: NonNullable<Controller['model']>, { capabilities }: QemuFacts): ModelName {
  if (model !== 'pcie-root-port') return modelNames[model];
  return capabilities?.flags.has('pcie-root-port') === true ? 'pcie-root-port' : 'ioh3420';
}

const hex = (value: number): string => value.toString(16).padStart(2, '0');

function checkOrder({ address, model, index = 0 }: Controller): void {
  if (model !== 'pci-bridge' || !isPlaced(address) || index > address.bus) return;
  throw virtError(
    'XML_ERROR',
    `PCI controller at index ${index} (0x${hex(index)}) has bus='0x${hex(address.bus)}', but index must be larger than bus`,
  );
}

function completeNumbers(controller: Controller, domain: Domain): void {
  const { model, index = 0, address } = controller;
  const target = (controller.target ??= {});
  const [slot, fn] = isPlaced(address) ? [address.slot, address.function] : [0, 0];
  switch (model) {
    case 'pci-bridge':
      target.chassisNr ??= index;
      break;
    case 'pcie-root-port':
      target.chassis ??= index;
      target.port ??= slot * 8 + fn;
      break;
    case 'pcie-switch-downstream-port':
      target.chassis ??= index;
      target.port ??= slot;
      break;
    case 'pci-expander-bus':
    case 'pcie-expander-bus':
      target.busNr ??= nextBusNumber(domain, index);
      break;
  }
}

/** pseries has several roots; each is a bridge of the host with a number of its own. */
function completeRoot(controller: Controller, domain: Domain): void {
  controller.modelName ??= 'spapr-pci-host-bridge';
  const target = (controller.target ??= {});
  if (target.index !== undefined) return;
  const used = new Set(
    domain.devices.controllers.flatMap((other) => (other.target?.index === undefined ? [] : [other.target.index])),
  );
  let index = controller.index === 0 ? 0 : 1;
  while (index > 0 && used.has(index)) index += 1;
  target.index = index;
}

/** Expander buses are numbered from above, with room for buses behind each. */
function nextBusNumber(domain: Domain, index: number): number {
  const numbers = domain.devices.controllers.flatMap(({ target }) =>
    target?.busNr === undefined ? [] : [target.busNr],
  );
  const lowest = Math.min(256, ...numbers);
  if (lowest > 2) return lowest - 2;
  throw virtError(
    'INTERNAL_ERROR',
    `No free busNr lower than current lowest busNr is available to auto-assign to bus ${index}. Must be manually assigned`,
  );
}
