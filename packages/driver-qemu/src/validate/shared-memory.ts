import type { Domain } from '@virtkit/schema';

/** Whether another process can map the guest's memory. */
export function hasSharedMemory({ memoryBacking, cpu }: Domain): boolean {
  const cells = cpu?.numa?.cells ?? [];
  const all = memoryBacking?.access === 'shared';
  if (cells.length === 0) return all;
  return cells.every(({ memAccess }) => (memAccess === undefined ? all : memAccess === 'shared'));
}
