import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** KiB of all NUMA cells; 0 without any. */
const numaMemory = ({ cpu }: Domain): number =>
  (cpu?.numa?.cells ?? []).reduce((sum, { memory }) => sum + (memory ?? 0), 0);

/** KiB of all memory devices. */
const deviceMemory = ({ devices }: Domain): number =>
  devices.memory.reduce((sum, { target }) => sum + (target?.size ?? 0), 0);

/** Total and current amounts follow from each other; NUMA cells decide where nothing else is said, and in new definitions. */
export function completeMemory(domain: Domain, isNew: boolean): void {
  const given = domain.memory.size ?? 0;
  const cells = given === 0 || isNew ? numaMemory(domain) : 0;
  const hotplug = deviceMemory(domain);
  const total = cells > 0 ? cells + hotplug : given;
  if (hotplug > total) throw virtError('XML_ERROR', 'Total size of memory devices exceeds the total memory size');
  if (total - hotplug === 0) {
    throw virtError('XML_ERROR', 'Memory size must be specified via <memory> or in the <numa> configuration');
  }
  domain.memory.size = total;
  domain.currentMemory = Math.min(domain.currentMemory || total, total);
  checkMaximum(domain, total);
}

function checkMaximum({ maxMemory }: Domain, total: number): void {
  if (maxMemory === undefined) return;
  if (!maxMemory.size && maxMemory.slots) {
    throw virtError('XML_ERROR', 'maximum memory size must be specified when specifying number of memory slots');
  }
  if ((maxMemory.size ?? 0) < total) {
    throw virtError('XML_ERROR', 'maximum memory size must be equal or greater than the actual memory size');
  }
}
