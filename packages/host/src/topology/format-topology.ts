import { deeper, writtenAttribute, writtenElement, writtenText } from '@virtkit/xml';
import { formatCpuList } from '../machine/cpu-list.js';
import type { CpuPlace } from '../machine/cpu-topology.js';
import type { CacheBank, CacheControl, MemoryBandwidthNode, ResourceMonitor } from './caches.js';
import type { HostCell, MemorySideCache } from './cells.js';
import type { HostTopology } from './host-topology.js';
import type { Interconnect } from './interconnects.js';

type Attributes = Readonly<Record<string, string | number | bigint | undefined>>;

const attributes = (values: Attributes): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : writtenAttribute(name, String(value))))
    .join('');

const empty = (tag: string, values: Attributes, indent: string): string =>
  writtenElement(tag, attributes(values), '', indent);

/** Lines of one element each, a level further in. */
const inner = <T>(values: readonly T[], indent: string, write: (value: T, indent: string) => string): string =>
  values.map((value) => write(value, deeper(indent))).join('');

/** `<topology>`, `<cache>` and `<memory_bandwidth>` of the host part of a capabilities document. */
export function formatTopology(topology: HostTopology, indent: string): string {
  return cells(topology, indent) + caches(topology, indent) + memoryBandwidth(topology, indent);
}

function cells({ cells: all, interconnects }: HostTopology, indent: string): string {
  const body = writtenElement(
    'cells',
    attributes({ num: all.length }),
    inner(all, deeper(indent), cell),
    deeper(indent),
  );
  const ways =
    interconnects.length === 0
      ? ''
      : writtenElement('interconnects', '', inner(interconnects, deeper(indent), way), deeper(indent));
  return writtenElement('topology', '', body + ways, indent);
}

function cell({ id, memoryKiB, pages, distances, caches: sides, cpus }: HostCell, indent: string): string {
  const inside = deeper(indent);
  const body = [
    writtenText('memory', attributes({ unit: 'KiB' }), String(memoryKiB), inside),
    inner(pages, indent, ({ sizeKiB, count }, at) =>
      writtenText('pages', attributes({ unit: 'KiB', size: sizeKiB }), String(count), at),
    ),
    distances.length === 0 ? '' : writtenElement('distances', '', inner(distances, inside, sibling), inside),
    inner(sides, indent, sideCache),
    writtenElement('cpus', attributes({ num: cpus.length }), inner(cpus, inside, cpu), inside),
  ];
  return writtenElement('cell', attributes({ id }), body.join(''), indent);
}

const sibling = ({ cell: id, value }: HostCell['distances'][number], indent: string): string =>
  empty('sibling', { id, value }, indent);

function sideCache({ level, associativity, policy, sizeBytes, lineBytes }: MemorySideCache, indent: string): string {
  const size = empty('size', { value: Math.floor(sizeBytes / 1024), unit: 'KiB' }, deeper(indent));
  const line = empty('line', { value: lineBytes, unit: 'B' }, deeper(indent));
  return writtenElement('cache', attributes({ level, associativity, policy }), size + line, indent);
}

const cpu = ({ id, socket, die, cluster, core, siblings }: CpuPlace, indent: string): string =>
  empty(
    'cpu',
    { id, socket_id: socket, die_id: die, cluster_id: cluster, core_id: core, siblings: formatCpuList(siblings) },
    indent,
  );

function way({ kind, initiator, target, access, value }: Interconnect, indent: string): string {
  return empty(
    kind,
    { initiator, target, type: access, value, unit: kind === 'bandwidth' ? 'KiB' : undefined },
    indent,
  );
}

function caches({ caches: banks, cacheMonitor }: HostTopology, indent: string): string {
  if (banks.length === 0) return '';
  return writtenElement('cache', '', inner(banks, indent, bank) + monitor(cacheMonitor, deeper(indent), 3), indent);
}

function bank({ id, level, type, sizeBytes, cpus, controls }: CacheBank, indent: string): string {
  const { value: size, unit } = pretty(sizeBytes);
  return writtenElement(
    'bank',
    attributes({ id, level, type, size, unit, cpus }),
    inner(controls, indent, control),
    indent,
  );
}

function control({ type, granularityBytes, minBytes, maxAllocations }: CacheControl, indent: string): string {
  // Both in the smaller of their units.
  const bytes = Math.min(pretty(granularityBytes).bytes, pretty(minBytes).bytes);
  const min = minBytes === granularityBytes ? undefined : minBytes / bytes;
  const granularity = granularityBytes / bytes;
  return empty('control', { granularity, min, unit: unitOf(bytes), type, maxAllocs: maxAllocations }, indent);
}

function memoryBandwidth({ memoryBandwidth: nodes, memoryBandwidthMonitor }: HostTopology, indent: string): string {
  if (nodes.length === 0) return '';
  return writtenElement(
    'memory_bandwidth',
    '',
    inner(nodes, indent, node) + monitor(memoryBandwidthMonitor, deeper(indent)),
    indent,
  );
}

function node({ id, cpus, granularity, min, maxAllocations }: MemoryBandwidthNode, indent: string): string {
  const line = empty('control', { granularity, min, maxAllocs: maxAllocations }, deeper(indent));
  return writtenElement('node', attributes({ id, cpus }), line, indent);
}

function monitor(found: ResourceMonitor | undefined, indent: string, level?: number): string {
  if (found === undefined) return '';
  const { reuseThreshold, maxMonitors, features } = found;
  const lines = inner(features, indent, (name, at) => empty('feature', { name }, at));
  return writtenElement('monitor', attributes({ level, reuseThreshold, maxMonitors }), lines, indent);
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const unitOf = (bytes: number): string => units[Math.round(Math.log2(bytes) / 10)] ?? 'B';

/** In the largest unit it is a whole number of. */
function pretty(value: number): { readonly value: number; readonly unit: string; readonly bytes: number } {
  let bytes = 1;
  while (value !== 0 && value % (bytes * 1024) === 0) bytes *= 1024;
  return { value: value / bytes, unit: unitOf(bytes), bytes };
}
