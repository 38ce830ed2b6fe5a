import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { missing, unsupported } from '../../values/failures.js';
import { deviceInfo, virtioDriver } from '../device-info.js';
import { absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const sourceRows = {
  evdev: optAttr(absolutePath),
  dev: optAttr(absolutePath),
  grab: optAttr(oneOf('all')),
  grabToggle: optAttr(oneOf('ctrl-ctrl', 'alt-alt', 'shift-shift', 'meta-meta', 'scrolllock', 'ctrl-scrolllock')),
  repeat: optAttr(onOff),
};
export interface InputSource extends FieldsOf<typeof sourceRows> {}
const inputRows = {
  type: attr(oneOf('mouse', 'tablet', 'keyboard', 'passthrough', 'evdev'), {
    ...unsupported("unknown input device type '$'"),
    ...missing('INTERNAL_ERROR', 'missing input device type'),
  }),
  bus: optAttr(oneOf('ps2', 'usb', 'xen', 'parallels', 'virtio', 'none'), unsupported("unknown input bus type '$'")),
  model: optAttr(
    oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional'),
    unsupported("unknown input model '$'"),
  ),
  driver: optChild(virtioDriver),
  source: optChild(element<InputSource>('source', sourceRows)),
  ...deviceInfo,
};
/** `<input>`; completion chooses an absent bus. */
export interface Input extends FieldsOf<typeof inputRows> {}
export const input = element<Input>('input', inputRows, { refine: checkInput });

function checkInput({ type, bus, model, source, address }: Input): void {
  if (model !== undefined && bus !== 'virtio') {
    throw domainError('CONFIG_UNSUPPORTED', `only bus 'virtio' is supported for input model '${model}'`);
  }
  if (type === 'evdev') {
    if (bus !== undefined && bus !== 'ps2')
      throw domainError('CONFIG_UNSUPPORTED', "input evdev doesn't support bus element");
    if (source !== undefined && source.dev === undefined)
      throw domainError('XML_ERROR', 'Missing evdev path for input device');
  }
  if (bus === 'ps2' && (type === 'tablet' || type === 'passthrough' || type === 'evdev')) {
    throw domainError('INTERNAL_ERROR', `ps2 bus does not support ${type} input device`);
  }
  if (bus === 'usb' && address !== undefined && address.type !== 'usb') {
    throw domainError('XML_ERROR', 'Invalid address for a USB device');
  }
}

const hubRows = {
  type: attr(oneOf('usb'), {
    ...unsupported("unknown hub device type '$'"),
    ...missing('INTERNAL_ERROR', 'missing hub device type'),
  }),
  ...deviceInfo,
};
/** `<hub>` */
export interface Hub extends FieldsOf<typeof hubRows> {}
export const hub = element<Hub>('hub', hubRows);
