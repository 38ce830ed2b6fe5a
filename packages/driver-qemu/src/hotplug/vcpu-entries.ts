import type { VcpuEntry } from '@virtkit/schema';
import type { CpuSlot } from '../monitor/queries/vcpus.js';

/**
 * The list of single CPUs a running guest shows once one of them was plugged: which can be plugged out again, and in
 * which order they came. `before` is the list so far. Pure.
 */
export function vcpuEntries(slots: readonly CpuSlot[], before: readonly VcpuEntry[] = []): VcpuEntry[] {
  const known = new Map(before.map(({ id, order }) => [id, order]));
  const entries = numbered(slots).map(({ id, slot }): VcpuEntry => {
    const enabled = slot.path !== undefined;
    return { id, enabled, hotpluggable: !enabled || slot.alias !== undefined };
  });
  const present = entries.filter(({ enabled }) => enabled);
  const rank = ({ id, hotpluggable }: VcpuEntry) =>
    known.get(id) ?? (hotpluggable === true ? Number.MAX_SAFE_INTEGER : id);
  const ordered = [...present].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
  for (const [index, entry] of ordered.entries()) entry.order = index + 1;
  return entries;
}

/** A slot may hold several CPUs. */
function numbered(slots: readonly CpuSlot[]): readonly { readonly id: number; readonly slot: CpuSlot }[] {
  let next = 0;
  return slots.flatMap((slot) => Array.from({ length: slot.vcpus }, () => ({ id: next++, slot })));
}
