import type { Iommu } from '@virtkit/schema';
import { addressProperties } from './address.js';
import type { Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, type QemuOption } from './option.js';
import { onOff } from './switch-text.js';

/** An I/O memory management unit that is a device; others are a property of the machine. */
export const iommuSection: Section = ({ domain }) => {
  const { iommu } = domain.devices;
  if (!iommu) return [];
  return iommuOptions(iommu, addressProperties(iommu, domain));
};

function iommuOptions(iommu: Iommu, address: JsonObject): readonly QemuOption[] {
  const { driver, alias: id = 'iommu0' } = iommu;
  switch (iommu.model) {
    case 'intel':
      return [
        device({
          driver: 'intel-iommu',
          id,
          intremap: onOff(driver?.intremap),
          'caching-mode': driver?.cachingMode,
          eim: onOff(driver?.eim),
          'device-iotlb': driver?.iotlb,
          'aw-bits': driver?.awBits || undefined,
          'dma-translation': driver?.dmaTranslation,
        }),
      ];
    case 'virtio':
      return [device({ driver: 'virtio-iommu', id, ...address })];
    default:
      return [];
  }
}
