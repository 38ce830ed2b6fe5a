import {
  attr,
  element,
  type FieldsOf,
  hex,
  oneOf,
  onOff,
  only,
  optAttr,
  optText,
  text,
  uint,
  union,
  type VariantsOf,
  yesNo,
} from '@virtkit/xml';
import { unsupported } from '../values/failures.js';

const seclabelRows = {
  type: optAttr(oneOf('none', 'dynamic', 'static'), { ...unsupported("invalid security type '$'") }),
  model: optAttr(text, { emptyIsAbsent: true }),
  relabel: optAttr(yesNo),
  label: optText(text, { emptyIsAbsent: true }),
  imagelabel: only('live', optText(text, { emptyIsAbsent: true })),
  baselabel: optText(text, { emptyIsAbsent: true }),
};
/** `<seclabel>` of the domain. */
export interface Seclabel extends FieldsOf<typeof seclabelRows> {}
export const seclabel = element<Seclabel>('seclabel', seclabelRows, {
  refine: (value) => {
    value.type ??= 'dynamic';
  },
});

const deviceSeclabelRows = {
  model: optAttr(text, { emptyIsAbsent: true }),
  relabel: optAttr(yesNo),
  labelskip: only('live', optAttr(yesNo)),
  label: optText(text, { emptyIsAbsent: true }),
};
/** `<seclabel>` of a device's source. */
export interface DeviceSeclabel extends FieldsOf<typeof deviceSeclabelRows> {}
export const deviceSeclabel = element<DeviceSeclabel>('seclabel', deviceSeclabelRows);

const cipherRows = { name: attr(oneOf('aes', 'dea')), state: attr(onOff) };
/** One of `<keywrap>`. */
export interface KeywrapCipher extends FieldsOf<typeof cipherRows> {}
export const keywrapCipher = element<KeywrapCipher>('cipher', cipherRows);

const wide = { max: Number.MAX_SAFE_INTEGER };
const guests = {
  sev: {
    kernelHashes: optAttr(yesNo),
    cbitpos: optText(uint()),
    reducedPhysBits: optText(uint()),
    policy: optText(hex(4)),
    dhCert: optText(text),
    session: optText(text),
  },
  'sev-snp': {
    kernelHashes: optAttr(yesNo),
    authorKey: optAttr(yesNo),
    vcek: optAttr(yesNo),
    cbitpos: optText(uint()),
    reducedPhysBits: optText(uint()),
    policy: optText(hex(8, wide)),
    guestVisibleWorkarounds: optText(text),
    idBlock: optText(text),
    idAuth: optText(text),
    hostData: optText(text),
  },
  's390-pv': {},
};
/** `<launchSecurity>` */
export type LaunchSecurity = VariantsOf<'type', typeof guests>;
export const launchSecurity = union<LaunchSecurity>(
  'launchSecurity',
  'type',
  guests,
  unsupported("unsupported launch security type '$'"),
);
