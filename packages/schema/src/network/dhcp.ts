import {
  attr,
  element,
  type FieldsOf,
  type Integer64,
  list,
  oneOf,
  optAttr,
  optChild,
  type Scalar,
  text,
  uint64,
  type WriteContext,
  type ElementType,
} from '@virtkit/xml';
import { networkError } from './errors.js';

export const leaseUnits = ['seconds', 'minutes', 'hours'] as const;
const unit: Scalar<(typeof leaseUnits)[number]> = oneOf(...leaseUnits);
const leaseFields = { expiry: attr<Integer64>(uint64), unit: attr(unit, { default: 'minutes' }) };
/** How long an address is lent; 0: for ever. */
export interface LeaseTime extends FieldsOf<typeof leaseFields> {}
const leaseTable = element<LeaseTime>('lease', leaseFields, { refine: checkLease });

const shortestLease = { seconds: 120, minutes: 2, hours: 0 };

function checkLease({ expiry, unit: words }: LeaseTime): void {
  if (expiry !== 0 && expiry < shortestLease[words])
    throw networkError('XML_ERROR', 'The minimum lease time should be greater than 2 minutes');
}

const lease: ElementType<LeaseTime> = {
  ...leaseTable,
  write: (value, indent, context: WriteContext) =>
    value.expiry === 0 ? `${indent}<lease expiry='0'/>\n` : leaseTable.write(value, indent, context),
};

const rangeFields = { start: attr(text, { default: '' }), end: attr(text, { default: '' }), lease: optChild(lease) };
/** Addresses to lend, both ends included. */
export interface DhcpRange extends FieldsOf<typeof rangeFields> {}
export const dhcpRange = element<DhcpRange>('range', rangeFields);

const hostFields = {
  id: optAttr(text),
  mac: optAttr(text),
  name: optAttr(text),
  ip: optAttr(text),
  lease: optChild(lease),
};
/** An address kept for one guest. */
export interface DhcpHost extends FieldsOf<typeof hostFields> {}
export const dhcpHost = element<DhcpHost>('host', hostFields);

const bootpFields = { file: optAttr(text), server: optAttr(text) };
/** What a guest boots from the network. */
export interface Bootp extends FieldsOf<typeof bootpFields> {}

const dhcpFields = {
  ranges: list(dhcpRange),
  hosts: list(dhcpHost),
  bootp: optChild(element<Bootp>('bootp', bootpFields, { omitEmpty: true })),
};
export interface Dhcp extends FieldsOf<typeof dhcpFields> {}
export const dhcp = element<Dhcp>('dhcp', dhcpFields, { omitEmpty: true });
