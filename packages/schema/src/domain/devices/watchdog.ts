import { attr, element, type FieldsOf, oneOf, optAttr } from '@virtkit/xml';
import { unsupported } from '../../values/failures.js';
import { deviceInfo } from '../device-info.js';

const watchdogRows = {
  model: attr(oneOf('i6300esb', 'ib700', 'diag288', 'itco')),
  action: attr(oneOf('reset', 'shutdown', 'poweroff', 'pause', 'dump', 'none', 'inject-nmi'), { default: 'reset' }),
  ...deviceInfo,
};
/** `<watchdog>` */
export interface Watchdog extends FieldsOf<typeof watchdogRows> {}
export const watchdog = element<Watchdog>('watchdog', watchdogRows);

const panicRows = {
  model: optAttr(oneOf('default', 'isa', 'pseries', 'hyperv', 's390', 'pvpanic'), {
    omit: 'default',
    ...unsupported("unknown panic model '$'"),
  }),
  ...deviceInfo,
};
/** `<panic>`; completion chooses an absent model. */
export interface Panic extends FieldsOf<typeof panicRows> {}
export const panic = element<Panic>('panic', panicRows);

const nvramRows = { ...deviceInfo };
/** `<nvram>`: the device of pseries machines, not the firmware's storage. */
export interface Nvram extends FieldsOf<typeof nvramRows> {}
export const nvram = element<Nvram>('nvram', nvramRows);
