import { attr, element, type FieldsOf, hex, optAttr, yesNo, list } from '@virtkit/xml';

const version = {
  parse: (value: string) => (/^\d{1,2}\.\d{1,2}$/.test(value) ? value : undefined),
  format: (value: string) => value,
};
const any = <T>(scalar: { parse(value: string): T | undefined; format(value: T): string }) => ({
  parse: (value: string): T | '-1' | undefined => (value === '-1' ? '-1' : scalar.parse(value)),
  format: (value: T | '-1'): string => (value === '-1' ? '-1' : scalar.format(value)),
});
const upperHex = (width: number) => ({
  ...hex(width),
  format: (value: number) => `0x${value.toString(16).toUpperCase().padStart(width, '0')}`,
});
const number = (width: number) => optAttr(any(upperHex(width)), { omit: '-1' });
const usbdevRows = {
  class: number(2),
  vendor: number(4),
  product: number(4),
  version: optAttr(any(version), { omit: '-1' }),
  allow: attr(yesNo),
};
/** A rule for redirected USB devices; an absent field means any. */
export interface RedirfilterRule extends FieldsOf<typeof usbdevRows> {}
const redirfilterRows = { usbdevs: list(element<RedirfilterRule>('usbdev', usbdevRows)) };
/** `<redirfilter>` */
export interface Redirfilter extends FieldsOf<typeof redirfilterRows> {}
export const redirfilter = element<Redirfilter>('redirfilter', redirfilterRows);
