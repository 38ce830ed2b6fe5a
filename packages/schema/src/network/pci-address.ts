import { plainError } from './errors.js';
import { attr, type FieldsOf, hex } from '@virtkit/xml';

/** Rows of a PCI address of this host. */
export const pciAddressFields = {
  domain: attr(hex(4), { default: 0 }),
  bus: attr(hex(2), { default: 0 }),
  slot: attr(hex(2), { default: 0 }),
  function: attr(hex(1), { default: 0 }),
};
export interface HostPciAddress extends FieldsOf<typeof pciAddressFields> {}

/** `0000:03:00.1` */
export function pciName({ domain, bus, slot, function: fn }: HostPciAddress): string {
  const hexDigits = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `${hexDigits(domain, 4)}:${hexDigits(bus, 2)}:${hexDigits(slot, 2)}.${fn.toString(16)}`;
}

/** Refuses what no device can be at. @libvirt virPCIDeviceAddressIsValid */
export function checkPciAddress({ domain, bus, slot, function: fn }: HostPciAddress): void {
  const error = (words: string) => plainError('XML_ERROR', `Invalid PCI address ${words}`);
  if (bus > 0xff) throw error(`bus='0x${bus.toString(16)}', must be <= 0xFF`);
  if (slot > 0x1f) throw error(`slot='0x${slot.toString(16)}', must be <= 0x1F`);
  if (fn > 7) throw error(`function=0x${fn.toString(16)}, must be <= 7`);
  if (domain === 0 && bus === 0 && slot === 0 && fn === 0)
    throw error('0000:00:00, at least one of domain, bus, or slot must be > 0');
}
