import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild, text } from '@virtkit/xml';
import { unsupported } from '../../values/failures.js';
import { deviceInfo, virtioDriver } from '../device-info.js';

const sourceRows = {
  evdev: optAttr(text),
  dev: optAttr(text),
  grab: optAttr(oneOf('all')),
  grabToggle: optAttr(oneOf('ctrl-ctrl', 'alt-alt', 'shift-shift', 'meta-meta', 'scrolllock', 'ctrl-scrolllock')),
  repeat: optAttr(onOff),
};
export interface InputSource extends FieldsOf<typeof sourceRows> {}
const inputRows = {
  type: attr(
    oneOf('mouse', 'tablet', 'keyboard', 'passthrough', 'evdev'),
    unsupported("unknown input device type '$'"),
  ),
  bus: optAttr(oneOf('ps2', 'usb', 'xen', 'parallels', 'virtio', 'none'), unsupported("unknown input bus type '$'")),
  model: optAttr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  driver: optChild(virtioDriver),
  source: optChild(element<InputSource>('source', sourceRows)),
  ...deviceInfo,
};
/** `<input>`; completion chooses an absent bus. */
export interface Input extends FieldsOf<typeof inputRows> {}
export const input = element<Input>('input', inputRows);

const hubRows = { type: attr(oneOf('usb'), unsupported("unknown hub device type '$'")), ...deviceInfo };
/** `<hub>` */
export interface Hub extends FieldsOf<typeof hubRows> {}
export const hub = element<Hub>('hub', hubRows);
