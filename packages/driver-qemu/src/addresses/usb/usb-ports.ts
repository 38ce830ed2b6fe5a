import type { Controller } from '@virtkit/schema';

/** Root ports that a USB controller has; none where it is a companion of another. */
export function usbPorts(controller: Controller): number {
  if (controller.master !== undefined) return 0;
  switch (controller.model) {
    case undefined:
    case 'piix3-uhci':
    case 'piix4-uhci':
    case 'ich9-uhci1':
    case 'ich9-uhci2':
    case 'ich9-uhci3':
    case 'vt82c686b-uhci':
      return 2;
    case 'ehci':
    case 'ich9-ehci1':
      return 6;
    case 'pci-ohci':
      return 3;
    case 'nec-xhci':
      return controller.ports ?? 4;
    case 'qemu-xhci':
      return controller.ports ?? 8;
    case 'qusb1':
    case 'qusb2':
      return controller.ports ?? 8;
    default:
      return 0;
  }
}
