import { formatNumberSet, parseNumberSet } from '@virtkit/schema';
import type { Domain } from '@virtkit/schema';

/** No machine has more vCPUs; a document that asks for more is refused later, so nothing is built from its number. */
const mostVcpus = 16_384;

/** vCPUs that no cell names belong to the first one. */
export function fillNumaCells(domain: Domain): void {
  const cells = domain.cpu?.numa?.cells ?? [];
  const [first] = cells;
  if (first === undefined || domain.vcpu.count > mostVcpus) return;
  const named = new Set(cells.flatMap((cell) => parseNumberSet(cell.cpus ?? '') ?? []));
  const missing = Array.from({ length: domain.vcpu.count }, (_, id) => id).filter((id) => !named.has(id));
  if (missing.length === 0) return;
  const all = [...(parseNumberSet(first.cpus ?? '') ?? []), ...missing].sort((a, b) => a - b);
  first.cpus = formatNumberSet(all);
}

/** Memory that can be plugged needs a cell to be plugged into: new definitions get one. */
export function addNumaCell(domain: Domain, { isNew }: { readonly isNew: boolean }): void {
  if (!isNew || domain.maxMemory === undefined || (domain.cpu?.numa?.cells.length ?? 0) > 0) return;
  const memory = domain.memory.size;
  if (memory === undefined || domain.vcpu.count > mostVcpus) return;
  const cpus = formatNumberSet(Array.from({ length: domain.vcpu.count }, (_, id) => id));
  domain.cpu ??= { features: [] };
  domain.cpu.numa = { cells: [{ id: 0, cpus, memory, distances: [], caches: [] }] };
}
