import type { Domain } from '@virtkit/schema';

const kibPerMib = 1024;

/** Memory a guest starts with in KiB: its nodes' or, without nodes, all but what memory devices add. */
export function initialMemory(domain: Domain): number {
  const cells = domain.cpu?.numa?.cells ?? [];
  if (cells.length > 0) return cells.reduce((sum, cell) => sum + roundUp(Number(cell.memory)), 0);
  const plugged = domain.devices.memory.reduce((sum, { target }) => sum + (target?.size ?? 0), 0);
  return roundUp((domain.memory.size ?? 0) - plugged);
}

/** QEMU takes whole MiB. */
export const roundUp = (kib: number): number => Math.ceil(kib / kibPerMib) * kibPerMib;
