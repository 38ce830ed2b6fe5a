import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild, uint } from '@virtkit/xml';
import { deviceInfo, virtioDriver } from '../device-info.js';

const statsRows = { period: optAttr(uint(), { omit: 0 }) };
/** How often the guest reports, in seconds. */
export interface MemballoonStats extends FieldsOf<typeof statsRows> {}
const memballoonRows = {
  model: attr(oneOf('virtio', 'xen', 'none', 'virtio-transitional', 'virtio-non-transitional')),
  autodeflate: optAttr(onOff),
  freePageReporting: optAttr(onOff),
  stats: optChild(element<MemballoonStats>('stats', statsRows, { omitEmpty: true })),
  ...deviceInfo,
  driver: optChild(virtioDriver),
};
/** `<memballoon>` */
export interface Memballoon extends FieldsOf<typeof memballoonRows> {}
export const memballoon = element<Memballoon>('memballoon', memballoonRows);
