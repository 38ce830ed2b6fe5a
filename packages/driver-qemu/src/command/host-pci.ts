/** A PCI function of the host. */
interface PciFunction {
  readonly domain?: number | undefined;
  readonly bus?: number | undefined;
  readonly slot?: number | undefined;
  readonly function?: number | undefined;
}

const digits = (value: number | undefined, width: number): string => (value ?? 0).toString(16).padStart(width, '0');

/** `0000:03:07.1` */
export const pciText = ({ domain, bus, slot, function: number }: PciFunction): string =>
  `${digits(domain, 4)}:${digits(bus, 2)}:${digits(slot, 2)}.${digits(number, 1)}`;
