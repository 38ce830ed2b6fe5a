import { fileTree } from '@virtkit/host';
import { existsSync } from 'node:fs';
import type { Domain, Hostdev } from '@virtkit/schema';
import { virtError } from '../errors.js';

type Backend = NonNullable<Hostdev['driver']>['name'];

const refusals: Readonly<Record<NonNullable<Backend>, string>> = {
  vfio: "host doesn't support VFIO PCI passthrough",
  kvm: "host doesn't support legacy PCI passthrough",
  xen: "QEMU does not support device assignment mode 'xen'",
};

/** A way to hand over host PCI devices is chosen where the document names none. @throws `CONFIG_UNSUPPORTED` without one */
export function choosePassthrough({ devices }: Pick<Domain, 'devices'>): void {
  if (pciBackends(devices).includes(undefined) && !supportsVfio())
    throw virtError('CONFIG_UNSUPPORTED', "host doesn't support passthrough of host PCI devices");
}

/** As `choosePassthrough`, for a guest that is about to start: what the document names must be there too. */
export function checkPassthrough(definition: Pick<Domain, 'devices'>): void {
  choosePassthrough(definition);
  for (const backend of pciBackends(definition.devices)) {
    if (backend === undefined || (backend === 'vfio' && supportsVfio())) continue;
    throw virtError('CONFIG_UNSUPPORTED', refusals[backend]);
  }
}

const pciBackends = ({ hostdevs, interfaces }: Domain['devices']): readonly Backend[] => [
  ...hostdevs.flatMap(({ source, driver }) => (source.type === 'pci' ? [driver?.name] : [])),
  ...interfaces.flatMap(({ source, driver }) => (source.type === 'hostdev' ? [backendOf(driver?.name)] : [])),
];

const backendOf = (name: string | undefined): Backend =>
  name === 'vfio' || name === 'kvm' || name === 'xen' ? name : undefined;

/** Devices in groups of an IOMMU, and the driver that gives them away. */
function supportsVfio(): boolean {
  return existsSync('/dev/vfio/vfio') && fileTree().names('sys/kernel/iommu_groups').length > 0;
}
