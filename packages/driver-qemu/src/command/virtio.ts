import type { DeviceInfo, VirtioOptions } from '@virtkit/schema';
import type { JsonObject } from './json.js';

/** Options of a virtio driver as properties. */
export const virtioProperties = (driver: VirtioOptions | undefined): JsonObject => ({
  iommu_platform: driver?.iommu,
  ats: driver?.ats,
  packed: driver?.packed,
  'page-per-vq': driver?.pagePerVq,
});

const suffixes: Readonly<Record<string, string>> = { pci: 'pci', ccw: 'ccw', 'virtio-mmio': 'device' };

/** Name of a virtio device: its kind, the bus it is on, and for a model that fixes the transition, that. */
export function virtioDriver(base: string, { address }: Pick<DeviceInfo, 'address'>, model?: string): string {
  const name = `${base}-${suffixes[address?.type ?? ''] ?? 'device'}`;
  if (model?.endsWith('non-transitional')) return `${name}-non-transitional`;
  return model?.endsWith('-transitional') ? `${name}-transitional` : name;
}
