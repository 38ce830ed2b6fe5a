import type { Kind } from './shape.js';

const pattern =
  (expression: RegExp): Kind =>
  (value) =>
    expression.test(value);
export const anything: Kind = () => true;
export const words =
  (...values: readonly string[]): Kind =>
  (value) =>
    values.includes(value);
export const yesOrNo = words('yes', 'no');
export const onOrOff = words('on', 'off');

/** Blanks around a number do not count. */
export const numberIn =
  (min: number, max: number): Kind =>
  (value) =>
    /^\s*[+-]?\d{1,20}\s*$/.test(value) && Number(value) >= min && Number(value) <= max;
const hexOr = (digits: number, max: number): Kind => {
  const number = numberIn(0, max);
  return (value) => new RegExp(`^0x[0-9a-fA-F]{1,${digits}}$`).test(value) || number(value);
};
const plainNumber =
  (min: number, max: number): Kind =>
  (value) =>
    /^[0-9]+$/.test(value) && numberIn(min, max)(value);

export const unsignedInt = plainNumber(0, 4_294_967_295);
export const unsignedLong = plainNumber(0, 2 ** 64);
export const positive = plainNumber(1, Number.MAX_VALUE);
export const speed = plainNumber(1, 18_014_398_509_481_984);
export const burst = plainNumber(1, 4_294_967_295);
export const unsignedShort = numberIn(0, 65_535);
export const port = numberIn(1, 65_535);
export const prefix = numberIn(0, 128);
export const uint8 = hexOr(2, 0xff);
export const uint24 = hexOr(6, 0xffffff);
export const uint32: Kind = (value) => /^(0x)?[0-9a-fA-F]{1,8}$/.test(value) || numberIn(0, 0xffffffff)(value);
export const pciSlot: Kind = (value) => /^(0x)?[0-1]?[0-9a-fA-F]$/.test(value) || numberIn(0, 31)(value);
export const pciFunction: Kind = (value) => /^(0x)?[0-7]$/.test(value) || numberIn(0, 7)(value);

export const uuid = pattern(/^(?:[a-fA-F0-9]{32}|[a-fA-F0-9]{8}-(?:[a-fA-F0-9]{4}-){3}[a-fA-F0-9]{12})$/);
export const deviceName = pattern(/^[a-zA-Z0-9_.\-\\:/]+$/);
export const zoneName = pattern(/^[a-zA-Z0-9_-]+$/);
export const genericName = pattern(/^[a-zA-Z0-9_+-]+$/);
export const dnsName = pattern(/^[a-zA-Z0-9.-]+$/);
export const oneLine = pattern(/^[^\n]+$/);
export const unicastMac = pattern(/^[a-fA-F0-9][02468aAcCeE](?::[a-fA-F0-9]{2}){5}$/);
export const profile: Kind = (value) => value.length <= 39;

const byte = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])';
export const ipv4 = pattern(new RegExp(`^(?:${byte}\\.){3}${byte}$`));
/** One `::` at most, and not more than eight groups, the last two perhaps dotted. */
const ipv6: Kind = (value) => {
  const dotted = value.slice(value.lastIndexOf(':') + 1);
  const isDotted = dotted.includes('.');
  if (isDotted && !ipv4(dotted)) return false;
  const text = isDotted ? `${value.slice(0, value.length - dotted.length)}0:0` : value;
  const halves = text.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8;
};
export const ip: Kind = (value) => ipv4(value) || ipv6(value);

/** Identifiers of DHCPv6 clients: by time, enterprise, address or UUID. */
export const duid = pattern(
  new RegExp(
    [
      '^(?:0{1,2}:0?1:0{1,2}:0?[a-fA-F1-9](?::[a-fA-F0-9]{1,2}){4}(?::[a-fA-F0-9]{1,2}){6,8}',
      '0{1,2}:0?2(?::[a-fA-F0-9]{1,2}){4}(?::[a-fA-F0-9]{1,2}){1,124}',
      '0{1,2}:0?3:0{1,2}:0?[a-fA-F1-9](?::[a-fA-F0-9]{1,2}){6,8}',
      '0{1,2}:0?4(?::[a-fA-F0-9]{1,2}){16})$',
    ].join('|'),
  ),
);
