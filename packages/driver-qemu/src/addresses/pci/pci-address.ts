/** A place on a PCI topology. Numbers are checked against their ranges when the document is read. */
export interface PciAddress {
  readonly domain: number;
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

/** `0000:00:1f.2` */
export const pciAddressText = ({ domain, bus, slot, function: fn }: PciAddress): string =>
  `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${fn.toString(16)}`;
