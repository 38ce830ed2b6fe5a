import { errorsFrom } from '../../errors/virt-error.js';
import { parseNumberSet } from '../../values/bitmap.js';
import type { NumaCell, NumaSibling } from '../cpu.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** Numbers cells in order and sorts them. */
export function completeNuma({ cpu, vcpu }: Domain): void {
  const cells = cpu?.numa?.cells;
  if (cells === undefined) return;
  cells.forEach((cell, i) => {
    cell.id ??= i;
  });
  const ids = new Set<number>();
  for (const { id = 0 } of cells) {
    if (id >= cells.length)
      throw virtError(
        'XML_ERROR',
        "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not starting from 0 are not allowed",
      );
    if (ids.has(id)) throw virtError('XML_ERROR', `Duplicate NUMA cell info for cell id '${id}'`);
    ids.add(id);
  }
  cells.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  checkCpus(cells, vcpu.count);
  checkDistances(cells);
  completeDistances(cells);
}

/** A vCPU is in one cell. */
function checkCpus(cells: readonly NumaCell[], count: number): void {
  const owner = new Map<number, number>();
  for (const { id = 0, cpus } of cells) {
    for (const cpu of parseNumberSet(cpus ?? '') ?? []) {
      const other = owner.get(cpu);
      if (other !== undefined)
        throw virtError('CONFIG_UNSUPPORTED', `NUMA cells ${id} and ${other} have overlapping vCPU ids`);
      owner.set(cpu, id);
    }
  }
  if (owner.size > count) throw virtError('INTERNAL_ERROR', 'Number of CPUs in <numa> exceeds the <vcpu> count');
  if ([...owner.keys()].some((cpu) => cpu >= count)) {
    throw virtError('INTERNAL_ERROR', 'CPU IDs in <numa> exceed the <vcpu> count');
  }
}

/** Distances lead to cells there are; only the own cell is at 10. */
function checkDistances(cells: readonly NumaCell[]): void {
  for (const { id = 0, distances } of cells) {
    if (distances?.length === 0) throw virtError('XML_ERROR', 'NUMA distances defined without siblings');
    for (const sibling of distances ?? []) checkSibling(sibling, id, cells.length);
  }
}

function checkSibling({ id: sibling, value }: NumaSibling, id: number, count: number): void {
  if (sibling >= count) {
    throw virtError('XML_ERROR', `'sibling_id ${sibling}' does not refer to a valid cell within NUMA 'cell id ${id}'`);
  }
  const valid = value >= LOCAL && value <= UNREACHABLE && (value === LOCAL) === (sibling === id);
  if (!valid)
    throw virtError('XML_ERROR', `'value ${value}' is invalid for 'sibling id ${sibling}' under NUMA 'cell id ${id}'`);
}

/** No hypervisor comes near; the table of distances grows with the square. */
const MOST_CELLS = 512;
const UNREACHABLE = 255;
const LOCAL = 10;
const REMOTE = 20;

/** Where one cell tells distances all do; both directions are the same unless said otherwise. */
function completeDistances(cells: readonly NumaCell[]): void {
  if (cells.every(({ distances }) => distances === undefined)) return;
  if (cells.length > MOST_CELLS)
    throw virtError('CONFIG_UNSUPPORTED', `distances of more than ${MOST_CELLS} NUMA cells`);
  const given = (from: number, to: number): number | undefined =>
    cells[from]?.distances?.find(({ id }) => id === to)?.value;
  const all = cells.map((_, from) =>
    cells.map((__, to) => ({ id: to, value: given(from, to) ?? given(to, from) ?? (from === to ? LOCAL : REMOTE) })),
  );
  cells.forEach((cell, i) => {
    cell.distances = all[i];
  });
}
