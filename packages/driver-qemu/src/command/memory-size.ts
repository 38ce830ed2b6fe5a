import type { Domain } from '@virtkit/schema';
import { isPpc64, isX86 } from './architecture.js';

const kibPerMib = 1024;

/** Steps of memory sizes in KiB, by architecture: of the guest's memory and of its modules. */
interface Alignment {
  readonly memory: number;
  readonly module: number;
}

function alignmentOf({ os }: Domain): Alignment {
  const arch = os.type.arch ?? '';
  if (isPpc64(arch)) return { memory: 256 * kibPerMib, module: 256 * kibPerMib };
  return { memory: kibPerMib, module: isX86(arch) ? 2 * kibPerMib : kibPerMib };
}

const roundUp = (kib: number, step: number): number => Math.ceil(kib / step) * step;

/** Memory a guest starts with in KiB: its nodes' or, without nodes, all but what memory devices add. An incoming guest keeps its size. */
export function initialMemory(domain: Domain, isIncoming = false): number {
  if (isIncoming) return domain.memory.size ?? 0;
  const cells = domain.cpu?.numa?.cells ?? [];
  if (cells.length > 0) return cells.reduce((sum, cell) => sum + cellMemory(cell.memory, domain), 0);
  const plugged = domain.devices.memory.reduce((sum, { target }) => sum + (target?.size ?? 0), 0);
  return roundUp((domain.memory.size ?? 0) - plugged, alignmentOf(domain).memory);
}

/** Memory of a guest node in KiB; an incoming guest keeps it. */
export const cellMemory = (kib: number | undefined, domain: Domain, isIncoming = false): number =>
  isIncoming ? (kib ?? 0) : roundUp(kib ?? 0, alignmentOf(domain).memory);

/** Memory of a module in KiB. */
export const moduleMemory = (kib: number | undefined, domain: Domain): number =>
  roundUp(kib ?? 0, alignmentOf(domain).module);
