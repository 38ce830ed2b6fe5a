import { attr, type FieldsOf, hex } from '@virtkit/xml';

/** Rows of a PCI address of this host. */
export const pciAddressFields = {
  domain: attr(hex(4, { max: 0xffffffff }), { default: 0 }),
  bus: attr(hex(2, { max: 0xff }), { default: 0 }),
  slot: attr(hex(2, { max: 0x1f }), { default: 0 }),
  function: attr(hex(1, { max: 7 }), { default: 0 }),
};
export interface HostPciAddress extends FieldsOf<typeof pciAddressFields> {}

/** `0000:03:00.1` */
export function pciName({ domain, bus, slot, function: fn }: HostPciAddress): string {
  const hexDigits = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `${hexDigits(domain, 4)}:${hexDigits(bus, 2)}:${hexDigits(slot, 2)}.${fn.toString(16)}`;
}
