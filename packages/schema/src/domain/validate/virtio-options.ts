import { errorsFrom } from '../../errors/virt-error.js';
import type { VirtioOptions } from '../device-info.js';

const virtError = errorsFrom('DOMAIN');

/** Throws for the first option only virtio devices have. */
export function refuseVirtioOptions(driver: Partial<VirtioOptions> | undefined): void {
  for (const [name, value] of [
    ['iommu', driver?.iommu],
    ['ats', driver?.ats],
    ['packed', driver?.packed],
    ['page_per_vq', driver?.pagePerVq],
  ] as const) {
    if (value !== undefined) {
      throw virtError('CONFIG_UNSUPPORTED', `${name} driver option is only supported for virtio devices`);
    }
  }
}
