import type { Input } from '@virtkit/schema';
import { addressProperties } from './address.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, object, type QemuOption } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

export const inputSection: Section = (context) =>
  context.domain.devices.inputs.flatMap((input) => inputOptions(input, context));

/** Input of the machine itself (PS/2, Xen) is there without an option. */
function inputOptions(input: Input, context: CommandContext): readonly QemuOption[] {
  if (input.type === 'evdev') return [object(evdevObject(input))];
  return input.bus === 'usb' || input.bus === 'virtio' ? [device(inputDevice(input, context))] : [];
}

const usbDrivers: Readonly<Record<string, string>> = { mouse: 'usb-mouse', tablet: 'usb-tablet', keyboard: 'usb-kbd' };
const virtioDrivers: Readonly<Record<string, string>> = {
  mouse: 'virtio-mouse',
  tablet: 'virtio-tablet',
  keyboard: 'virtio-keyboard',
  passthrough: 'virtio-input-host',
};

/** The device (`device_add`). */
export function inputDevice(input: Input, { domain }: Pick<CommandContext, 'domain'>): JsonObject {
  if (input.bus === 'usb')
    return { driver: usbDrivers[input.type], id: input.alias, ...addressProperties(input, domain) };
  return {
    driver: virtioDriver(virtioDrivers[input.type] ?? 'virtio-input', input, input.model),
    ...virtioProperties(input.driver),
    id: input.alias,
    evdev: input.type === 'passthrough' ? input.source?.evdev : undefined,
    ...addressProperties(input, domain),
  };
}

/** A device of the host whose events go to the guest (`object-add`). */
export const evdevObject = ({ alias, source }: Input): JsonObject => ({
  'qom-type': 'input-linux',
  id: alias,
  evdev: source?.dev,
  repeat: source?.repeat,
  grab_all: source?.grab === 'all' ? true : undefined,
  'grab-toggle': source?.grabToggle,
});
