import type { Domain } from '@virtkit/schema';
import { unsupported } from './refuse.js';

/** Devices on a bus that the document switched off. */
export function checkUsb(domain: Domain): void {
  const { devices } = domain;
  const isOff = devices.controllers.some(({ type, model }) => type === 'usb' && model === 'none');
  if (!isOff) return;
  const used =
    devices.hubs.length > 0 ||
    devices.redirdevs.length > 0 ||
    devices.disks.some(({ target }) => target.bus === 'usb') ||
    devices.inputs.some(({ bus }) => bus === 'usb') ||
    devices.hostdevs.some(({ mode, source }) => mode === 'subsystem' && source.type === 'usb') ||
    devices.serials.some(({ target }) => target?.type === 'usb-serial') ||
    devices.sounds.some(({ model }) => model === 'usb') ||
    devices.controllers.some(({ type }) => type === 'ccid');
  if (used) unsupported('USB is disabled for this domain, but USB devices are present in the domain XML');
}
