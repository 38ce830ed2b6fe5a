import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from './facts.js';
import { isQ35 } from './machine.js';

/** More vCPUs than this need an IOMMU that remaps interrupts. */
const plainVcpus = 255;

/** A new guest with many vCPUs gets the IOMMU it cannot do without. */
export function completeIommu(domain: Domain, { isNew }: QemuFacts): void {
  if (domain.devices.iommu?.driver?.intremap === true) withOwnIoapic(domain);
  if (!isNew || !isQ35(domain) || domain.vcpu.count <= plainVcpus) return;
  const iommu = (domain.devices.iommu ??= { model: 'intel' });
  if (iommu.model !== 'intel') return;
  withOwnIoapic(domain);
  iommu.driver ??= {};
  iommu.driver.intremap ??= true;
  if (iommu.driver.intremap) iommu.driver.eim ??= true;
}

/** Interrupts are remapped by QEMU's own IOAPIC. */
function withOwnIoapic(domain: Domain): void {
  domain.features ??= {};
  domain.features.ioapic ??= { driver: 'qemu' };
}
