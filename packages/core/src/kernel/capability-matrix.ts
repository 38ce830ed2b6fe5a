import { type Connection, type Operation, supports } from '../contract/connection.js';
import { operationHomes } from '../contract/operations.js';

/** One hypervisor: what our driver offers, and what libvirt's fills. */
export interface MatrixColumn {
  readonly name: string;
  /** An open connection with all its facets. Absent: there is no driver yet. */
  readonly connection?: Pick<Connection, 'host' | 'domain'>;
  /** The driver keeps its guests on this host, and so tells the kernel what happens to them. */
  readonly local?: boolean;
  /** Names of the entries of libvirt's driver tables that its driver fills. */
  readonly libvirt: readonly string[];
}

const both = '●';
const libvirtOnly = '○';
const oursOnly = '+';

/**
 * The reference page of what drivers offer beside what libvirt's do, a row for each operation of the contract. `●` both,
 * `○` libvirt's driver alone, `+` ours alone.
 */
export function capabilityMatrix(columns: readonly MatrixColumn[]): string {
  const entries = entriesByOperation();
  const cells = columns.map((column) => cellsOf(column, entries));
  const rows = [...entries].map(([operation, names]) => {
    const marks = cells.map((marksOf) => marksOf.get(operation) ?? '');
    return `| \`${operation}\` | ${marks.join(' | ')} | ${names.join(', ')} |`;
  });
  const head = columns.map(({ name }) => name);
  return [
    '# Capabilities',
    '',
    'Generated from the loaded drivers; do not edit. ● both, ○ only libvirt 11.3’s driver, + only ours.',
    '',
    `| operation | ${head.join(' | ')} | serves |`,
    `| --- | ${head.map(() => ':-:').join(' | ')} | --- |`,
    `| *operations of ours* | ${cells.map((marks) => count(marks, both, oursOnly)).join(' | ')} | |`,
    `| *operations of libvirt’s* | ${cells.map((marks) => count(marks, both, libvirtOnly)).join(' | ')} | |`,
    ...rows,
    '',
  ].join('\n');
}

/** Every operation with the table entries it is the home of. */
function entriesByOperation(): ReadonlyMap<Operation, readonly string[]> {
  const found = new Map<Operation, string[]>();
  for (const table of Object.values(operationHomes))
    for (const [entry, home] of Object.entries(table) as [string, Operation | 'kernel'][]) {
      if (home === 'kernel') continue;
      const names = found.get(home) ?? [];
      names.push(entry);
      found.set(home, names);
    }
  return new Map([...found].toSorted(([one], [other]) => one.localeCompare(other)));
}

/** What the kernel answers for a driver: events of this host, and its own jobs. */
const byKernel = (operation: Operation, connection: Connection, local: boolean): boolean =>
  (operation === 'events.watch' && local) || (operation.startsWith('jobs.') && connection.jobs === undefined);

function cellsOf(
  { connection, libvirt, local = false }: MatrixColumn,
  entries: ReadonlyMap<Operation, readonly string[]>,
): ReadonlyMap<Operation, string> {
  const opened = connection as Connection | undefined; // Only the facets are looked at.
  const theirs = new Set(libvirt);
  const marks = new Map<Operation, string>();
  for (const [operation, names] of entries) {
    const own = opened !== undefined && (supports(opened, operation) || byKernel(operation, opened, local));
    const filled = names.some((name) => theirs.has(name));
    if (own || filled) marks.set(operation, own ? (filled ? both : oursOnly) : libvirtOnly);
  }
  return marks;
}

const count = (marks: ReadonlyMap<Operation, string>, ...wanted: readonly string[]): number =>
  [...marks.values()].filter((mark) => wanted.includes(mark)).length;
