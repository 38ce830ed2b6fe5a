import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** KiB of all NUMA cells; 0 without any. */
export const numaMemory = ({ cpu }: Domain): number =>
  (cpu?.numa?.cells ?? []).reduce((sum, { memory }) => sum + (memory ?? 0), 0);

/** KiB of all memory devices. */
export const deviceMemory = ({ devices }: Domain): number =>
  devices.memory.reduce((sum, { target }) => sum + (target?.size ?? 0), 0);

/** Total, initial and current amounts follow from each other. */
export function completeMemory(domain: Domain, isNew: boolean): void {
  const cells = numaMemory(domain);
  const hotplug = deviceMemory(domain);
  if (cells > 0) domain.memory.size = cells + hotplug;
  const total = domain.memory.size ?? 0;
  if (total === 0)
    throw virtError('XML_ERROR', 'Memory size must be specified via <memory> or in the <numa> configuration');
  if (isNew && cells === 0 && total < hotplug) {
    throw virtError('CONFIG_UNSUPPORTED', 'Total size of memory devices exceeds the total memory size');
  }
  domain.currentMemory = Math.min(domain.currentMemory === 0 ? total : (domain.currentMemory ?? total), total);
  checkMaximum(domain, total);
}

function checkMaximum({ maxMemory }: Domain, total: number): void {
  if (maxMemory === undefined) return;
  if ((maxMemory.size ?? 0) < total) {
    throw virtError('XML_ERROR', 'maximum memory size must be equal or greater than the actual memory size');
  }
}
