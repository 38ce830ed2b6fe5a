import { errorsFrom } from '../../errors/virt-error.js';
import type { Controller } from '../devices/controller.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

const isRoot = ({ model }: Controller): boolean => model === 'pci-root' || model === 'pcie-root';

/** A number names one controller of its type; the companions of a USB controller share its number. */
export function refuseSameIndexes(controllers: readonly Controller[]): void {
  const seen = new Set<string>();
  for (const { type, index, model, master } of controllers) {
    const isCompanion = type === 'usb' && (master !== undefined || model?.startsWith('ich9-') === true);
    if (isCompanion) continue;
    const key = `${type} ${index ?? 0}`;
    if (seen.has(key)) throw virtError('XML_ERROR', `Multiple '${type}' controllers with index '${index ?? 0}'`);
    seen.add(key);
  }
}

/** Companions need the controller they belong to; with USB switched off there is no other. */
export function checkUsb({ devices }: Domain): void {
  const usb = devices.controllers.filter(({ type }) => type === 'usb');
  const off = usb.some(({ model }) => model === 'none');
  if (off && usb.length > 1) {
    throw virtError('XML_DETAIL', "Can't add another USB controller: USB is disabled for this domain");
  }
  if (off && devices.inputs.some(({ bus }) => bus === 'usb')) {
    throw virtError('CONFIG_UNSUPPORTED', "Can't add USB input device. USB bus is disabled");
  }
  for (const { master, index } of usb) {
    if (master === undefined) continue;
    const found = usb.some((other) => other.master === undefined && other.index === index);
    if (!found) throw virtError('XML_DETAIL', 'No master USB controller specified');
  }
}

/** The root of PCI is at no address. */
export function validateControllers({ devices }: Domain): void {
  for (const controller of devices.controllers) {
    if (controller.type === 'pci' && isRoot(controller) && controller.address !== undefined) {
      throw virtError('CONFIG_UNSUPPORTED', 'pci-root and pcie-root controllers should not have an address');
    }
  }
}
