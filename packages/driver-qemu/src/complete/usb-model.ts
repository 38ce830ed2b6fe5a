import type { Controller, Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { archOf, isArm, isArmVirt, isLoongarchVirt, isS390, isX86 } from './machine.js';

/** The USB controller that a document without a model means; undefined when the binary has none of that kind. */
export function defaultUsbModel(
  domain: Domain,
  capabilities: QemuCapabilities | undefined,
  isNew = false,
): Controller['model'] {
  const has = (flag: Parameters<QemuCapabilities['flags']['has']>[0]): boolean =>
    capabilities?.flags.has(flag) === true;
  if (isS390(domain)) return 'none';
  if (isX86(domain)) return has('piix3-usb-uhci') ? 'piix3-uhci' : undefined;
  const newer = has('qemu-xhci') ? 'qemu-xhci' : has('nec-usb-xhci') ? 'nec-xhci' : undefined;
  if (isArmVirt(domain) || isLoongarchVirt(domain)) return newer;
  if (isArm(domain)) return has('pci-ohci') ? 'pci-ohci' : undefined;
  if (archOf(domain).startsWith('ppc64') && isNew && newer !== undefined) return newer;
  if (archOf(domain).startsWith('ppc64')) return has('pci-ohci') ? 'pci-ohci' : undefined;
  return has('piix3-usb-uhci') ? 'piix3-uhci' : undefined;
}
