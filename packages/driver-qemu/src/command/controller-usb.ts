import type { Controller } from '@virtkit/schema';
import { type CommandContext, has } from './context.js';
import { qemuError } from './errors.js';
import type { JsonObject } from './json.js';

const drivers: Readonly<Record<string, string>> = {
  'piix3-uhci': 'piix3-usb-uhci',
  'piix4-uhci': 'piix4-usb-uhci',
  ehci: 'usb-ehci',
  'ich9-ehci1': 'ich9-usb-ehci1',
  'ich9-uhci1': 'ich9-usb-uhci1',
  'ich9-uhci2': 'ich9-usb-uhci2',
  'ich9-uhci3': 'ich9-usb-uhci3',
  'vt82c686b-uhci': 'vt82c686b-usb-uhci',
  'pci-ohci': 'pci-ohci',
  'nec-xhci': 'nec-usb-xhci',
  'qemu-xhci': 'qemu-xhci',
};

/** Properties of a USB controller; a companion shares the bus of its master and has no name of its own. */
export function usbControllerProperties(controller: Controller, context: CommandContext): JsonObject {
  const { model, ports, master, alias } = controller;
  if (model === undefined) throw qemuError('CONFIG_UNSUPPORTED', 'no model provided for USB controller');
  if (model === 'vt82c686b-uhci' && !has(context, 'vt82c686b-usb-uhci'))
    throw qemuError('CONFIG_UNSUPPORTED', `USB controller model '${model}' not supported in this QEMU binary`);
  return {
    driver: drivers[model] ?? model,
    p2: ports,
    p3: ports,
    ...(master ? { masterbus: `${alias}.0`, firstport: master.startport } : { id: alias }),
  };
}
