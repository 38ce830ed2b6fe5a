import type { Domain } from '@virtkit/schema';
import { isI440fx, isX86 } from './machine.js';

/**
 * The definition as an older peer understands it: without what every machine of its kind has anyway.
 * A copy; the definition itself is left alone.
 */
export function definitionForMigration(definition: Domain): Domain {
  const copy = structuredClone(definition);
  const { devices } = copy;
  if (isX86(copy)) dropImplicitUsb(copy);
  devices.controllers = devices.controllers.filter(
    (controller) => !(controller.type === 'pci' && controller.model === 'pci-root'),
  );
  devices.inputs = devices.inputs.filter(({ type, bus }) => !(bus === 'ps2' && type === 'keyboard'));
  return copy;
}

/** The one plain USB controller of an old PC was never written down. */
function dropImplicitUsb(domain: Domain): void {
  const usb = domain.devices.controllers.filter(({ type }) => type === 'usb');
  const [only] = usb;
  if (usb.length !== 1 || only?.index !== 0 || !isI440fx(domain)) return;
  if (only.model === undefined || only.model === 'piix3-uhci') {
    domain.devices.controllers = domain.devices.controllers.filter((controller) => controller !== only);
  }
}
