import {
  attr,
  child,
  element,
  type FieldsOf,
  oneOf,
  optAttr,
  optChild,
  optText,
  text,
  textChild,
  uint,
  union,
  type VariantsOf,
} from '@virtkit/xml';
import { missing } from '../../values/failures.js';
import { size } from '../../values/size-rows.js';
import { deviceInfo, virtioDriver } from '../device-info.js';
import { absolutePath } from '../../values/paths.js';

const backends = { builtin: { queues: optAttr(uint(), { omit: 0 }) }, lkcf: { queues: optAttr(uint(), { omit: 0 }) } };
export type CryptoBackend = VariantsOf<'model', typeof backends>;
const cryptoRows = {
  model: attr(oneOf('virtio')),
  type: attr(oneOf('qemu')),
  backend: child(
    union<CryptoBackend>('backend', 'model', backends),
    missing('XML_ERROR', 'only one crypto backend is supported'),
  ),
  driver: optChild(virtioDriver),
  ...deviceInfo,
};
/** `<crypto>` */
export interface Crypto extends FieldsOf<typeof cryptoRows> {}
export const crypto = element<Crypto>('crypto', cryptoRows);

const pstoreRows = {
  backend: attr(oneOf('acpi-erst')),
  path: optText(absolutePath),
  size: size({ required: true }),
  ...deviceInfo,
};
/** `<pstore>`, `size` in KiB. */
export interface Pstore extends FieldsOf<typeof pstoreRows> {}
export const pstore = element<Pstore>('pstore', pstoreRows);

const leaseTargetRows = {
  path: attr(text, missing('XML_ERROR', "Missing 'path' attribute to 'target' element for lease")),
  offset: optAttr(uint(), { omit: 0 }),
};
export interface LeaseTarget extends FieldsOf<typeof leaseTargetRows> {}
const leaseRows = {
  lockspace: optText(text),
  key: textChild(text, missing('XML_ERROR', "Missing 'key' element for lease")),
  target: child(element<LeaseTarget>('target', leaseTargetRows)),
};
/** `<lease>` */
export interface Lease extends FieldsOf<typeof leaseRows> {}
export const lease = element<Lease>('lease', leaseRows);
