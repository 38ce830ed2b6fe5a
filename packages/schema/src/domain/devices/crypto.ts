import {
  attr,
  child,
  element,
  type FieldsOf,
  oneOf,
  optAttr,
  optChild,
  textChild,
  text,
  uint,
  union,
  type VariantsOf,
  optText,
} from '@virtkit/xml';
import { size } from '../../values/size-rows.js';
import { deviceInfo, virtioDriver } from '../device-info.js';

const backends = { builtin: { queues: optAttr(uint(), { omit: 0 }) }, lkcf: { queues: optAttr(uint(), { omit: 0 }) } };
export type CryptoBackend = VariantsOf<'model', typeof backends>;
const cryptoRows = {
  model: attr(oneOf('virtio')),
  type: attr(oneOf('qemu')),
  backend: child(union<CryptoBackend>('backend', 'model', backends)),
  driver: optChild(virtioDriver),
  ...deviceInfo,
};
/** `<crypto>` */
export interface Crypto extends FieldsOf<typeof cryptoRows> {}
export const crypto = element<Crypto>('crypto', cryptoRows);

const pstoreRows = { backend: attr(oneOf('acpi-erst')), path: optText(text), size: size(), ...deviceInfo };
/** `<pstore>`, `size` in KiB. */
export interface Pstore extends FieldsOf<typeof pstoreRows> {}
export const pstore = element<Pstore>('pstore', pstoreRows);

const leaseTargetRows = { path: attr(text), offset: optAttr(uint(), { omit: 0 }) };
export interface LeaseTarget extends FieldsOf<typeof leaseTargetRows> {}
const leaseRows = {
  lockspace: optText(text),
  key: textChild(text),
  target: child(element<LeaseTarget>('target', leaseTargetRows)),
};
/** `<lease>` */
export interface Lease extends FieldsOf<typeof leaseRows> {}
export const lease = element<Lease>('lease', leaseRows);
