import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { isArmVirt, isPseries, isQ35 } from '../complete/machine.js';
import { has, unsupported } from './refuse.js';

/** Variables of firmware in a device of their own. */
export function checkNvram(domain: Domain): void {
  if (domain.devices.nvram !== undefined && !isPseries(domain)) unsupported('nvram device is only supported for PPC64');
}

/** Each IOMMU belongs to certain machines. */
export function checkIommu(domain: Domain, facts: QemuFacts): void {
  const { iommu } = domain.devices;
  if (iommu === undefined) return;
  const { model } = iommu;
  const refuse = (words: string): never => unsupported(`IOMMU device: '${model}' ${words}`);
  const onArmVirt = isArmVirt(domain);
  switch (model) {
    case 'intel':
      if (!isQ35(domain)) refuse('is only supported with Q35 machines');
      if (!has(facts, 'intel-iommu')) refuse('is not supported with this QEMU binary');
      break;
    case 'smmuv3':
      if (!onArmVirt) refuse('is only supported with ARM Virt machines');
      if (!has(facts, 'machine.virt.iommu')) refuse('is not supported with this QEMU binary');
      break;
    case 'virtio':
      if (!isQ35(domain) && !onArmVirt) refuse('is only supported with Q35 and ARM Virt machines');
      if (!has(facts, 'virtio-iommu-pci')) refuse('is not supported with this QEMU binary');
      if (iommu.address?.type !== 'pci') refuse('needs a PCI address');
      if (domain.features?.acpi !== true) refuse('requires ACPI');
      break;
  }
}
