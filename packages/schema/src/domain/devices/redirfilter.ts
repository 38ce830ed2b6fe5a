import { attr, element, type FieldsOf, hex, list, optAttr, type Scalar, yesNo } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { refuse } from '../../values/failures.js';

const domainError = errorsFrom('DOMAIN');

const version = {
  parse: (value: string) => (/^\d{1,2}\.\d{1,2}$/.test(value) ? value : undefined),
  format: (value: string) => value,
};
const any = <T>(scalar: Scalar<T>): Scalar<T | '-1'> => ({
  parse: (value: string): T | '-1' | undefined => (value === '-1' ? '-1' : scalar.parse(value)),
  format: (value: T | '-1'): string => (value === '-1' ? '-1' : scalar.format(value)),
  explain: (value) => `'${value}'. Expected integer value`,
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
  version: optAttr(any(version), { omit: '-1', ...refuse('XML_ERROR', 'Cannot parse USB device version $') }),
  allow: attr(yesNo),
};
/** A rule for redirected USB devices; an absent field means any. */
export interface RedirfilterRule extends FieldsOf<typeof usbdevRows> {}
const redirfilterRows = { usbdevs: list(element<RedirfilterRule>('usbdev', usbdevRows)) };
/** `<redirfilter>` */
export interface Redirfilter extends FieldsOf<typeof redirfilterRows> {}
/** Classes are one byte. */
function checkRules({ usbdevs }: Redirfilter): void {
  for (const { class: code } of usbdevs) {
    if (typeof code === 'number' && code > 0xff) {
      throw domainError('INTERNAL_ERROR', `Invalid USB Class code 0x${code.toString(16)}`);
    }
  }
}
export const redirfilter = element<Redirfilter>('redirfilter', redirfilterRows, { refine: checkRules });
