import { isEmptyPci } from '@virtkit/schema';
import type { DeviceAddress, PciAddress } from '@virtkit/schema';

/** A PCI address with numbers. */
export const isPlaced = (address: DeviceAddress | undefined): address is PciAddress =>
  address?.type === 'pci' && !isEmptyPci(address);

/** The device waits for a PCI address: none is given, or one without numbers. */
export const isUnplaced = (address: DeviceAddress | undefined): boolean =>
  address === undefined || (address.type === 'pci' && isEmptyPci(address));
