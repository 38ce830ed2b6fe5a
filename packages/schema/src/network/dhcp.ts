import {
  attr,
  attributeOf,
  childOf,
  element,
  type ElementType,
  type FieldsOf,
  type Integer64,
  list,
  oneOf,
  optAttr,
  optChild,
  type Row,
  type Scalar,
  special,
  text,
} from '@virtkit/xml';
import { uint64AnyBase } from './loose.js';

const leaseUnits = ['seconds', 'minutes', 'hours'] as const;
const unit: Scalar<(typeof leaseUnits)[number]> = oneOf(...leaseUnits);
/** How long an address is lent; 0: for ever. */
export interface LeaseTime {
  expiry: Integer64;
  unit: (typeof leaseUnits)[number];
}
/** `<lease>`; one without a time says nothing. */
function leaseRow(): Row<LeaseTime, true> {
  return special<LeaseTime>((key) => ({
    read(node, target, context) {
      const found = childOf(node, key);
      if (found === undefined || attributeOf(found, 'expiry') === undefined) return;
      target[key] = leaseTable.read(found, context);
    },
    body(source, indent) {
      const lease = source[key] as LeaseTime | undefined;
      if (lease === undefined) return '';
      const time = lease.expiry === 0 ? '' : ` unit='${lease.unit}'`;
      return `${indent}<${key} expiry='${lease.expiry}'${time}/>\n`;
    },
    known: () => ({ children: [[key, undefined]] }),
  }));
}

const leaseTable = element<LeaseTime>('lease', {
  expiry: attr<Integer64>(uint64AnyBase),
  unit: attr(unit, { default: 'minutes' }),
});

const rangeFields = { start: attr(text, { default: '' }), end: attr(text, { default: '' }), lease: leaseRow() };
/** Addresses to lend, both ends included. */
export interface DhcpRange extends FieldsOf<typeof rangeFields> {}
export const dhcpRange = element<DhcpRange>('range', rangeFields);

const hostFields = {
  mac: optAttr(text),
  id: optAttr(text),
  name: optAttr(text),
  ip: optAttr(text),
  lease: leaseRow(),
};
/** An address kept for one guest. */
export interface DhcpHost extends FieldsOf<typeof hostFields> {}
export const dhcpHost = element<DhcpHost>('host', hostFields);

const bootpFields = { file: attr(text), server: optAttr(text) };
/** What a guest boots from the network. */
export interface Bootp extends FieldsOf<typeof bootpFields> {}

const dhcpFields = {
  ranges: list(dhcpRange),
  hosts: list(dhcpHost),
  bootp: optChild(element<Bootp>('bootp', bootpFields, { omitEmpty: true })),
};
export interface Dhcp extends FieldsOf<typeof dhcpFields> {}
const table = element<Dhcp>('dhcp', dhcpFields, { omitEmpty: true });

/** What is booted is told only where addresses are lent. */
export const dhcp: ElementType<Dhcp> = {
  ...table,
  write: (value, indent, context) =>
    value.ranges.length + value.hosts.length === 0 ? '' : table.write(value, indent, context),
};
