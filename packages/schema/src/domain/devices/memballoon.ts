import { attr, element, type FieldsOf, int, oneOf, onOff, optAttr, optChild } from '@virtkit/xml';
import { deviceInfo, virtioDriver } from '../device-info.js';

const statsRows = { period: optAttr(int(), { omit: 0 }) };
/** How often the guest reports, in seconds. */
export interface MemballoonStats extends FieldsOf<typeof statsRows> {}
/** No period is negative. */
const stats = element<MemballoonStats>('stats', statsRows, {
  omitEmpty: true,
  refine: (value) => {
    if ((value.period ?? 0) < 0) delete value.period;
  },
});
const memballoonRows = {
  model: attr(oneOf('virtio', 'xen', 'none', 'virtio-transitional', 'virtio-non-transitional')),
  autodeflate: optAttr(onOff),
  freePageReporting: optAttr(onOff),
  stats: optChild(stats),
  ...deviceInfo,
  driver: optChild(virtioDriver),
};
/** `<memballoon>` */
export interface Memballoon extends FieldsOf<typeof memballoonRows> {}
/** Without a device there is nothing to place or name. */
export const memballoon = element<Memballoon>('memballoon', memballoonRows, {
  refine: (value) => {
    if (value.model !== 'none') return;
    delete value.address;
    delete value.alias;
    delete value.acpi;
  },
});
