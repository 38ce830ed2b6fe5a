import type { Domain, NumaCell } from '@virtkit/schema';
import { findMachine } from '../capabilities/qemu-capabilities.js';
import type { CommandContext, Section } from './context.js';
import { memoryBackendOptions, needsBackend, type MemoryRequest } from './memory-backend.js';
import { cellMemory } from './memory-size.js';
import { flag, pairs, type PairInput, type QemuOption } from './option.js';
import { rangeRuns } from './ranges.js';

/** Guest nodes: their memory and CPUs, then distances, latencies and caches. */
export const numaSection: Section = (context) => {
  const cells = context.domain.cpu?.numa?.cells ?? [];
  if (cells.length === 0) return [];
  const backends = usesBackends(context, cells);
  const prealloc = !backends && context.domain.memoryBacking?.allocation === 'immediate';
  return [
    ...(prealloc ? [flag('mem-prealloc')] : []),
    ...cells.flatMap((cell) => [
      ...(backends && Number(cell.memory) > 0 ? memoryBackendOptions(cellRequest(cell, context), context) : []),
      nodeOption(cell, context, backends),
    ]),
    ...distances(cells),
    ...interconnects(context.domain),
    ...cells.flatMap(caches),
  ];
};

/** All nodes have an object or none: QEMU doesn't take both. */
function usesBackends(context: CommandContext, cells: readonly NumaCell[]): boolean {
  const { domain, capabilities } = context;
  const machine = findMachine(capabilities, domain.type, domain.os.type.machine ?? '');
  return machine?.numaMemSupported === false || cells.some((cell) => needsBackend(cellRequest(cell, context), context));
}

const cellRequest = (cell: NumaCell, { domain, start }: CommandContext): MemoryRequest => ({
  id: `ram-node${cell.id ?? 0}`,
  size: cellMemory(cell.memory, domain, start.incoming !== undefined) * 1024,
  node: cell.id,
});

function nodeOption(cell: NumaCell, { domain, start }: CommandContext, backends: boolean): QemuOption {
  const memory = cellMemory(cell.memory, domain, start.incoming !== undefined);
  return pairs(
    'numa',
    'node',
    ['nodeid', String(cell.id)],
    ...(cell.cpus === undefined ? [] : rangeRuns(cell.cpus)).map((run): PairInput => ['cpus', run]),
    initiator(cell, domain),
    memory > 0 && (backends ? ['memdev', `ram-node${cell.id}`] : ['mem', String(memory / 1024)]),
  );
}

/** With interconnects each node has a node that initiates accesses: itself, or for one without CPUs the best connected. */
function initiator(cell: NumaCell, { cpu }: Domain): PairInput {
  const interconnects = cpu?.numa?.interconnects;
  const hasCaches = cpu?.numa?.cells.some(({ caches }) => caches.length > 0);
  if (!interconnects && !hasCaches) return undefined;
  if (cell.cpus !== undefined) return ['initiator', String(cell.id)];
  const best = interconnects?.bandwidths
    .filter(({ target }) => target === cell.id)
    .sort((a, b) => Number(b.value) - Number(a.value))[0];
  const latency = interconnects?.latencies.find(({ target }) => target === cell.id);
  const first = cpu?.numa?.cells.find(({ cpus }) => cpus !== undefined);
  return ['initiator', String(best?.initiator ?? latency?.initiator ?? first?.id ?? cell.id)];
}

const distances = (cells: readonly NumaCell[]): readonly QemuOption[] =>
  cells.flatMap((cell) =>
    [...(cell.distances ?? [])]
      .sort((a, b) => a.id - b.id)
      .map(({ id, value }) =>
        pairs('numa', 'dist', ['src', String(cell.id)], ['dst', String(id)], ['val', String(value)]),
      ),
  );

const cacheLevels = ['memory', 'first-level', 'second-level', 'third-level'];

interface Interconnect {
  readonly initiator: number;
  readonly target: number;
  readonly cache?: number | undefined;
  readonly type: string;
}

function interconnects({ cpu }: Domain): readonly QemuOption[] {
  const { latencies = [], bandwidths = [] } = cpu?.numa?.interconnects ?? {};
  return [
    ...latencies.map((entry) => lb(entry, 'latency', ['latency', String(entry.value)])),
    ...bandwidths.map((entry) => lb(entry, 'bandwidth', ['bandwidth', `${entry.value}K`])),
  ];
}

const dataTypes: Readonly<Record<string, string>> = { access: 'access', read: 'read', write: 'write' };

const lb = (entry: Interconnect, kind: 'latency' | 'bandwidth', value: PairInput): QemuOption =>
  pairs(
    'numa',
    'hmat-lb',
    ['initiator', String(entry.initiator)],
    ['target', String(entry.target)],
    ['hierarchy', cacheLevels[entry.cache ?? 0] ?? 'memory'],
    ['data-type', `${dataTypes[entry.type] ?? entry.type}-${kind}`],
    value,
  );

const cachePolicies: Readonly<Record<string, string>> = {
  none: 'none',
  writeback: 'write-back',
  writethrough: 'write-through',
};
const cacheAssociativities: Readonly<Record<string, string>> = { none: 'none', direct: 'direct', full: 'complex' };

const caches = (cell: NumaCell): readonly QemuOption[] =>
  cell.caches.map((cache) =>
    pairs(
      'numa',
      'hmat-cache',
      ['node-id', String(cell.id)],
      ['size', `${cache.size}K`],
      ['level', String(cache.level)],
      ['associativity', cacheAssociativities[cache.associativity] ?? cache.associativity],
      ['policy', cachePolicies[cache.policy] ?? cache.policy],
      ['line', String(cache.line)],
    ),
  );
