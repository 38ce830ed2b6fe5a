import { errorsFrom } from '@virtkit/schema';
import type { Domain, MemoryDevice } from '@virtkit/schema';

const virtError = errorsFrom('QEMU');

const usesSlot = ({ model }: MemoryDevice): boolean => model === 'dimm' || model === 'nvdimm';

/** Gives memory modules without a slot the lowest free one. */
export function assignMemorySlots(domain: Domain): void {
  const slots = domain.maxMemory?.slots;
  if (slots === undefined) return;
  const used = new Set<number>();
  const modules = domain.devices.memory.filter(usesSlot);
  for (const { address } of modules) {
    if (address?.type !== 'dimm') continue;
    if (address.slot >= slots)
      throw virtError('XML_ERROR', `memory device slot '${address.slot}' exceeds slots count '${slots}'`);
    if (used.has(address.slot))
      throw virtError('XML_ERROR', `memory device slot '${address.slot}' already used by other memory device`);
    used.add(address.slot);
  }
  for (const device of modules)
    if (device.address === undefined) device.address = { type: 'dimm', slot: take(used, slots) };
}

function take(used: Set<number>, slots: number): number {
  for (let slot = 0; slot < slots; slot += 1) {
    if (used.has(slot)) continue;
    used.add(slot);
    return slot;
  }
  throw virtError('INTERNAL_ERROR', 'failed to find an empty memory slot');
}
