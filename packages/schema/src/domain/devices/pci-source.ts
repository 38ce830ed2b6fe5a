import { attr, element, type FieldsOf, hex, virtual } from '@virtkit/xml';

const rows = {
  /** Interfaces of type `hostdev` and NVMe disks say `type='pci'` here. */
  $type: virtual({ attributes: () => ` type='pci'`, known: () => ({ attributes: ['type'] }) }),
  domain: attr(hex(4), { default: 0 }),
  bus: attr(hex(2), { default: 0 }),
  slot: attr(hex(2), { default: 0 }),
  function: attr(hex(1), { default: 0 }),
};
/** A PCI function of the host. */
export interface HostPciAddress extends FieldsOf<typeof rows> {}
/** Written with its `type`. */
export const hostPciAddress = element<HostPciAddress>('address', rows);
