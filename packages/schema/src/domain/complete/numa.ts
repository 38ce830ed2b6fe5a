import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';
import type { NumaCell } from '../cpu.js';

const virtError = errorsFrom('DOMAIN');

/** Numbers cells in order and sorts them. */
export function completeNuma({ cpu }: Domain): void {
  const cells = cpu?.numa?.cells;
  if (cells === undefined) return;
  cells.forEach((cell, i) => {
    cell.id ??= i;
  });
  for (const { id = 0 } of cells) {
    if (id >= cells.length)
      throw virtError(
        'XML_ERROR',
        "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not starting from 0 are not allowed",
      );
    if (cells.filter((other) => other.id === id).length > 1)
      throw virtError('XML_ERROR', `Duplicate NUMA cell info for cell id '${id}'`);
  }
  cells.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  completeDistances(cells);
}

const LOCAL = 10;
const REMOTE = 20;

/** Where one cell tells distances all do; both directions are the same unless said otherwise. */
function completeDistances(cells: readonly NumaCell[]): void {
  if (cells.every(({ distances }) => distances === undefined)) return;
  const given = (from: number, to: number): number | undefined =>
    cells[from]?.distances?.find(({ id }) => id === to)?.value;
  const all = cells.map((_, from) =>
    cells.map((__, to) => ({ id: to, value: given(from, to) ?? given(to, from) ?? (from === to ? LOCAL : REMOTE) })),
  );
  cells.forEach((cell, i) => {
    cell.distances = all[i];
  });
}
